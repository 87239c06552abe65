import type { Fault } from "../../../../lib/local/console/fault-names.ts";
import { webhookFaults } from "../../../../lib/local/console/webhook-faults.ts";
import {
  type LinePlatform,
  startLinePlatform,
} from "../../../../lib/local/simulators/line/line-platform.ts";
import { lineSignature } from "../../../../lib/local/simulators/line/webhook-delivery.ts";
import { startWebhookReceiver } from "../simulators/webhook-receiver.ts";
import { RETAIL_CHANNEL } from "./sample-ready.ts";

let bridge: Awaited<ReturnType<typeof startWebhookReceiver>>;
let line: LinePlatform;
const on = new Set<Fault>();

beforeEach(async () => {
  on.clear();
  bridge = await startWebhookReceiver();
  line = await startLinePlatform({
    channels: [RETAIL_CHANNEL],
    redeliveryPauses: [200, 200, 200],
    interfereWithWebhook: webhookFaults(on),
  });
  line.setWebhook("retail", bridge.url);
});
afterEach(async () => {
  await line.close();
  await bridge.close();
});

const says = (text: string) => line.send("retail", "สมชาย", { type: "text", text });

/** Of each request: its texts, and whether LINE says that it sends them again. */
const received = () =>
  bridge
    .bodies()
    .map(({ events }) => [events[0].message.text, events[0].deliveryContext.isRedelivery]);

it("duplicate: each webhook comes twice, because LINE gets no answer to the first request", async () => {
  on.add("line-duplicate");
  const { status, settled } = await says("a");
  expect(status).toBe(0);
  expect(await settled).toEqual({ status: 200, attempts: 2 });
  expect(received()).toEqual([
    ["a", false],
    ["a", true],
  ]);
});

it("late: the message comes by a redelivery, behind a newer one", async () => {
  on.add("line-late");
  const late = await says("a");
  on.clear();
  await says("b");
  expect(await late.settled).toMatchObject({ status: 200 });
  expect(received()).toEqual([
    ["b", false],
    ["a", true],
  ]);
});

it("late: two requests are lost", async () => {
  on.add("line-late");
  expect(await (await says("a")).settled).toEqual({ status: 200, attempts: 3 });
});

it("signature: it is wrong, as long as the fault is on", async () => {
  on.add("line-signature");
  await says("a");
  on.clear();
  await says("b");
  const isRight = bridge.received.map(
    ({ headers, body }) => headers["x-line-signature"] === lineSignature("s", Buffer.from(body)),
  );
  expect(isRight).toEqual([false, true]);
});
