import { type Bridge, startBridge } from "./bridge.ts";
import { deadLetterTests } from "./dead-letters-tests.ts";
import { forgetTests } from "./forget-tests.ts";
import { hostedMediaTests } from "./hosted-media-tests.ts";
import { lateMediaTests } from "./late-media-tests.ts";
import { queueMessageTests } from "./queue-messages-tests.ts";
import { tableItemTests } from "./table-items-tests.ts";

// Queues, table, bucket and dead letters outlive a deployment: the version before and the next one read
// what lies there. The JSON files beside this file hold samples of it. The tests check that today's
// code writes exactly these, and that it reads them. Who changes a format changes its sample, too. One
// bridge for all, because loading the functions takes as long as the tests.

let bridge: Bridge;
beforeAll(async () => {
  bridge = await startBridge();
});
afterAll(() => bridge.close());
const running = () => bridge;

describe("queue messages", () => queueMessageTests(running));
describe("table items", () => tableItemTests(running));
describe("hosted media", () => hostedMediaTests(running));
describe("late media", () => lateMediaTests(running));
describe("dead letters", () => deadLetterTests(running));
describe("forget", () => forgetTests(running));
