import { showDesktop } from "./desktop.js";
import { element, followEnd, webUrl } from "./elements.js";
import { durationOf, readFile } from "./files.js";
import { showPhone } from "./phone.js";

const $ = (id) => document.getElementById(id);
const get = async (path) => (await fetch(path)).json();

/** The answer; undefined if the console refuses, and the traffic then shows why. */
async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) note(answer.message, true);
  await refresh();
  return response.ok ? answer : undefined;
}

/** The controls that a customer who has blocked the account cannot use. */
const WRITING = ["customer-text", "customer-send", "customer-attach", "sticker", "location"];

const sentUrls = new Map();
let phone;
let refreshing;

/** Reads the state once for many requests at the same time, or twice if a read has begun. */
function refresh() {
  refreshing ??= new Promise((resolve) => setTimeout(resolve, 50)).then(() => {
    refreshing = undefined;
    return showState();
  });
  return refreshing;
}

async function showState() {
  const brand = encodeURIComponent($("brand").value);
  const { missingSetup, phones, conversations, receipts } = await get(`/api/state?brand=${brand}`);
  $("setup").textContent = missingSetup ?? "";
  phone = phones.find(({ customer }) => customer === $("customer").value);
  const places = { list: $("phone"), quickReplies: $("quick-replies") };
  showPhone(phone, places, { act, unsend: (id) => customerDoes({ unsend: id }), sentUrls });
  const own = conversations.filter(({ customerId }) => customerId === phone?.userId);
  showDesktop(own, receipts, $("desktop"));
  const hasBlocked = phone?.hasBlocked === true;
  $("block").textContent = hasBlocked ? "Unblock the account" : "Block the account";
  $("block").setAttribute("aria-pressed", String(hasBlocked));
  for (const id of WRITING) $(id).disabled = hasBlocked;
  const loadingMilliseconds = (phone?.loadingUntil ?? 0) - Date.now();
  if (loadingMilliseconds > 0) setTimeout(refresh, loadingMilliseconds + 50);
}

function note(text, isBad) {
  $("traffic").querySelector(".empty")?.remove();
  $("traffic").prepend(element("div", { textContent: text, className: isBad ? "bad" : "" }));
  // A page that stays open for hours must not grow without a limit.
  if ($("traffic").children.length > 500) $("traffic").lastChild.remove();
}

function customerDoes(what) {
  return post("/api/line", { brand: $("brand").value, customer: $("customer").value, ...what });
}

function agentSends(what) {
  if (phone === undefined) return note("The customer writes first.", true);
  return post("/api/genesys", { brand: $("brand").value, to: phone.userId, ...what });
}

/** A tap on a button of a received message. */
async function act(action) {
  switch (action?.type) {
    case "message":
      return customerDoes({ content: { type: "text", text: action.text } });
    case "postback":
      return customerDoes({
        tap: {
          data: action.data,
          // LINE shows the older `text` instead.
          ...(action.displayText && { displayText: action.displayText }),
        },
      });
    case "uri": {
      const url = webUrl(action.uri);
      if (url === undefined) return note(`The phone would open ${action.uri}`);
      return void window.open(url, "_blank", "noopener");
    }
    case "datetimepicker": {
      const picked = await pick(action);
      if (picked === undefined) return undefined;
      return customerDoes({ tap: { data: action.data, params: { [action.mode]: picked } } });
    }
    case "location":
      return $("location").click();
    case "camera":
    case "cameraRoll":
      return $("customer-attach").click();
    default:
      return note(`Not possible here: ${action?.type}`);
  }
}

/** The date that the customer picks; undefined when nothing was picked. */
async function pick({ label = "", mode, initial = "", min = "", max = "" }) {
  const input = $("pick-value");
  input.type = mode === "datetime" ? "datetime-local" : mode;
  // LINE also accepts a lower-case t.
  const value = (text) => text.replace("t", "T");
  Object.assign(input, { min: value(min), max: value(max), value: value(initial) });
  $("pick-label").textContent = label || "Date";
  $("pick").returnValue = "";
  $("pick").showModal();
  await new Promise((resolve) => $("pick").addEventListener("close", resolve, { once: true }));
  return $("pick").returnValue === "picked" && input.value !== "" ? input.value : undefined;
}

/** The message that LINE sends for a file; a video or audio that the browser cannot play is sent as a file. */
async function lineContent(file) {
  const [kind] = file.type.split("/");
  if (kind === "image") return { type: "image" };
  const duration = kind === "video" || kind === "audio" ? await durationOf(file) : undefined;
  return duration === undefined ? { type: "file", fileName: file.name } : { type: kind, duration };
}

/** Calls `send` with the file that a person chooses. */
function onFile(buttonId, inputId, send) {
  $(buttonId).addEventListener("click", () => $(inputId).click());
  $(inputId).addEventListener("change", async () => {
    const [file] = $(inputId).files;
    if (file === undefined) return;
    try {
      await send(file);
    } catch (error) {
      note(error.message, true);
    }
    // The same file can be chosen again.
    $(inputId).value = "";
  });
}

/** Calls `send` with the text of the form's field, and empties the field unless `send` refuses. */
function onText(formId, inputId, send) {
  $(formId).addEventListener("submit", (event) => {
    event.preventDefault();
    const text = $(inputId).value.trim();
    if (text && send(text) !== undefined) $(inputId).value = "";
  });
}

followEnd($("phone"));
followEnd($("desktop"));
const ready = await get("/api/ready");
$("market").textContent = ready.market;
for (const [key, { brand }] of Object.entries(ready.brands)) {
  $("brand").append(new Option(`${brand} (${key})`, key));
}
const botMessages = await get("/api/bot-messages");
for (const name of Object.keys(botMessages)) $("bot").append(new Option(name, name));

onText("customer-form", "customer-text", (text) =>
  customerDoes({ content: { type: "text", text } }),
);
onText("agent-form", "agent-text", (text) => agentSends({ text }));
onFile("customer-attach", "customer-file", async (file) => {
  const { type, base64 } = await readFile(file);
  const content = await lineContent(file);
  const sent = await customerDoes({ content, media: { contentType: type, base64 } });
  if (sent !== undefined) sentUrls.set(sent.messageId, URL.createObjectURL(file));
  await refresh();
});
onFile("agent-attach", "agent-file", async (file) => {
  const { name, type, base64 } = await readFile(file);
  const text = $("agent-text").value.trim();
  $("agent-text").value = "";
  const files = [{ filename: name, mime: type, base64 }];
  await agentSends({ ...(text && { text }), files });
});
$("bot").addEventListener("change", () => {
  const name = $("bot").value;
  $("bot").value = "";
  if (name in botMessages) void agentSends({ message: botMessages[name] });
});
$("sticker").addEventListener("click", () =>
  customerDoes({
    content: {
      type: "sticker",
      packageId: "11537",
      stickerId: "52002734",
      keywords: ["cony", "sally", "Staring"],
    },
  }),
);
$("location").addEventListener("click", () =>
  customerDoes({
    content: {
      type: "location",
      title: "สยามพารากอน",
      address: "991 ถนนพระราม 1 ปทุมวัน กรุงเทพฯ",
      latitude: 13.7463,
      longitude: 100.5347,
    },
  }),
);
$("agent-sticker").addEventListener("click", () =>
  agentSends({ text: "[LINE STICKER: 11537/52002735]" }),
);
$("block").addEventListener("click", () => customerDoes({ block: phone?.hasBlocked !== true }));
$("brand").addEventListener("change", refresh);
$("customer").addEventListener("change", refresh);

new EventSource("/api/traffic").addEventListener("message", ({ data }) => {
  const { at, from, to, brandKey = "", what, text = "", status, milliseconds } = JSON.parse(data);
  const isBad = status < 200 || (status > 399 && status !== 409);
  const time = new Date(at).toLocaleTimeString();
  const shown = text.replace(/\s+/g, " ").slice(0, 80);
  note(
    `${time}  ${from} → ${to}  ${brandKey}  ${status}  ${milliseconds} ms  ${what}  ${shown}`,
    isBad,
  );
  refresh();
});
await refresh();
