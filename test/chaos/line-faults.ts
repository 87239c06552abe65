import * as z from "zod";
import type {
  Interfere,
  SimulatorAnswer,
  SimulatorRequest,
} from "../../lib/local/simulators/simulator-server.ts";
import { markIn, type Spoken } from "./conversation.ts";
import { parse } from "./genesys-faults.ts";
import type { AskedReply, Ledger } from "./ledger.ts";
import type { Mishaps } from "./mishaps.ts";
import { PICTURE } from "./picture.ts";
import { platformFaults } from "./platform-faults.ts";
import { troubleFaults } from "./trouble-faults.ts";

const token = z.object({ access_token: z.string() });
const PUSH = "/v2/bot/message/push";
const REPLY = "/v2/bot/message/reply";
const reply = z.object({ replyToken: z.string() });
/** Of a brand's replies, and of the first tries of its pushes. */
const EXPIRED = 0.2;
const LIMITED = 0.04;
const CONTENT = /^\/v2\/bot\/message\/(\d+)\/content$/;
/** Of a brand's images, in the part of the run in which much goes wrong. */
const LATE = 0.7;
const LATE_MS = 75_000;
const USER = /U[0-9a-f]{32}/;

/** What goes wrong between the bridge and LINE. */
export function lineFaults(ledger: Ledger, mishaps: Mishaps): Interfere {
  const interfere = platformFaults({
    name: "LINE",
    chance: mishaps.chance,
    targetOf({ path, headers, body }) {
      const content = CONTENT.exec(path)?.[1];
      if (content !== undefined) {
        return {
          key: path,
          about: [ledger.byId.get(content)?.index ?? -1, "content"],
          brandKey: ledger.byId.get(content)?.brandKey ?? "",
          isPoison: false,
          kill: undefined,
        };
      }
      const { spoken, part } = spokenIn(body) ?? {};
      if (spoken === undefined || part === undefined) return undefined;
      const isReply = path === REPLY;
      return {
        // A reply that LINE takes is made once, but for what it refuses with 401.
        key: isReply ? `reply ${spoken.id}` : `${headers["x-line-retry-key"]}`,
        about: [spoken.index, part, ...(isReply ? ["reply"] : [])],
        brandKey: spoken.brandKey,
        ...mishaps.fateOf(spoken),
      };
    },
    refusal,
    isOut: () => mishaps.isOut("LINE"),
    isCalm: mishaps.troubles.isMeasured,
    kill: () => mishaps.kill("outbound-sender"),
    count: ledger.count,
  });
  const troubled = troubleFaults(
    { name: "LINE", ofRequest, refusal, count: ledger.count },
    mishaps.troubles,
    interfere,
  );
  const brandOfUser = new Map(
    ledger.spoken.map(({ customer, brandKey }) => [customer.userId, brandKey]),
  );

  /** The message that a push or reply is about, and its first part in it. */
  function spokenIn(body: Buffer) {
    const mark = markIn(JSON.stringify(parse(body)) ?? "");
    const spoken = ledger.spoken[mark?.index ?? -1];
    return mark && spoken && { spoken, part: mark.part };
  }

  /** Tokens are issued also for a brand that is down. */
  function ofRequest({ path, body }: SimulatorRequest) {
    if (path === REPLY) return spokenIn(body)?.spoken;
    const [userId = ""] = USER.exec(path) ?? USER.exec(body.toString()) ?? [];
    const content = ledger.byId.get(CONTENT.exec(path)?.[1] ?? "");
    const brandKey = content?.brandKey ?? brandOfUser.get(userId);
    return brandKey === undefined ? undefined : { brandKey };
  }

  const askedFirst = new Map<string, number>();

  /** Some content cannot be had for longer than a customer's texts wait for it. */
  function comesLate(path: string): boolean {
    const spoken = ledger.byId.get(CONTENT.exec(path)?.[1] ?? "");
    if (spoken === undefined || mishaps.chance.of("late content", spoken.index) >= LATE)
      return false;
    const first = askedFirst.get(path) ?? Date.now();
    if (mishaps.isEarly()) askedFirst.set(path, first);
    return askedFirst.has(path) && Date.now() - first < LATE_MS;
  }

  const limited = new Set<string>();

  /** LINE says that the month's messages are used up; of each push once. */
  function isLimited({ headers, body }: SimulatorRequest): boolean {
    const { spoken, part } = spokenIn(body) ?? {};
    const key = `${headers["x-line-retry-key"]}`;
    if (spoken === undefined || limited.has(key) || isCalm(spoken)) return false;
    limited.add(key);
    return mishaps.chance.of("limited", spoken.index, part ?? 0) < LIMITED;
  }

  async function answerReply(
    request: SimulatorRequest,
    ask: () => Promise<SimulatorAnswer | undefined>,
  ) {
    const { spoken } = spokenIn(request.body) ?? {};
    const token = reply.safeParse(parse(request.body)).data?.replyToken;
    if (spoken === undefined || token === undefined) return ask();
    const asked: AskedReply = { index: spoken.index, token, at: Date.now() };
    ledger.replies.push(asked);
    const isExpired = !isCalm(spoken) && mishaps.chance.of("expired", spoken.index) < EXPIRED;
    if (isExpired) ledger.count("LINE: reply token too late");
    const answer = isExpired
      ? { status: 400, body: { message: "Invalid reply token" } }
      : await ask();
    asked.status = answer?.status;
    asked.endedAt = Date.now();
    if (answer?.status === 200) ledger.count("LINE: replies taken");
    return answer;
  }

  const isCalm = ({ brandKey }: Spoken) => mishaps.troubles.isMeasured(brandKey);

  return async (request, pass) => {
    if (request.path === REPLY) return answerReply(request, () => troubled(request, pass));
    if (request.path === PUSH && isLimited(request)) {
      ledger.count("LINE: monthly limit, 429");
      return { status: 429, body: { message: "You have reached your monthly limit." } };
    }
    const held = CONTENT.test(request.path);
    if (held && comesLate(request.path)) {
      ledger.count("LINE: content comes late, 400");
      return refusal(400);
    }
    const answer = await troubled(request, held ? async () => picture() : pass);
    const issued = token.safeParse(answer?.body).data?.access_token;
    if (issued !== undefined) ledger.secrets.add(issued);
    return answer;
  };
}

/** LINE's content server; the simulated one holds only what was sent through it. */
function picture(): SimulatorAnswer {
  return { status: 200, headers: { "content-type": "image/png" }, bytes: PICTURE };
}

/** LINE's forms of refusal. */
function refusal(status: number): SimulatorAnswer {
  const message = {
    400: "The request body has 1 error(s)",
    401: "Authentication failed. Confirm that the access token in the authorization header is valid.",
    429: "The API rate limit has been exceeded. Try again later.",
  }[status];
  return { status, body: { message: message ?? "Internal Server Error" } };
}
