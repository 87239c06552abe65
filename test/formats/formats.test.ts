import { type Bridge, startBridge } from "./bridge.ts";
import { deadLetterTests } from "./dead-letters-tests.ts";
import { forgetTests } from "./forget-tests.ts";
import { hostedMediaTests } from "./hosted-media-tests.ts";
import { queueMessageTests } from "./queue-messages-tests.ts";
import { tableItemTests } from "./table-items-tests.ts";

// Queues, table, bucket and dead letters outlive each deployment, and what lies in them is read by the
// version before and by the one behind. The JSON files beside this one hold samples of it: the tests
// look whether today's code writes just that, and whether it reads it. All of them on one bridge,
// because loading the functions takes longer than the tests.

let bridge: Bridge;
beforeAll(async () => {
  bridge = await startBridge();
});
afterAll(() => bridge.close());
const running = () => bridge;

describe("queue messages", () => queueMessageTests(running));
describe("table items", () => tableItemTests(running));
describe("hosted media", () => hostedMediaTests(running));
describe("dead letters", () => deadLetterTests(running));
describe("forget", () => forgetTests(running));
