import { unsentMessageId } from "../../../../lambdas/worker/translate/unsend.ts";
import { eventOf } from "./example-event.ts";

it("tells which message was unsent", () => {
  const unsend = { unsend: { messageId: "325708" } };
  expect(unsentMessageId(eventOf("unsend", unsend))).toBe("325708");
  expect(unsentMessageId(eventOf("unsend", { unsend: {} }))).toBeUndefined();
  expect(unsentMessageId(eventOf("message", unsend))).toBeUndefined();
});
