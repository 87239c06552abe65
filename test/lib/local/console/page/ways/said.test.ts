import type { MessageWay } from "../../../../../../lib/local/console/message-way.ts";
import { saidIn } from "../../../../../../lib/local/console/page/ways/said.ts";
import type { PageState } from "../../../../../../lib/local/console/page/wire.ts";

const way = (more: Partial<MessageWay>): MessageWay => ({
  brand: "retail",
  correlationId: "1",
  from: "LINE",
  outcome: "stored",
  steps: [],
  leftOut: 0,
  ...more,
});

const STATE = {
  brand: "retail",
  phones: [
    {
      lines: [
        { id: "5001", from: "customer", text: "สวัสดี" },
        { id: "5002", from: "account", text: "an answer" },
      ],
    },
  ],
  conversations: [
    {
      messages: [
        { id: "a", direction: "Outbound", text: "ค่ะ", attachments: [] },
        { id: "b", direction: "Outbound", attachments: [{ filename: "b.pdf" }] },
      ],
    },
  ],
} as unknown as PageState;

it.each<[Partial<MessageWay>, string | undefined]>([
  [{ messageId: "5001" }, "สวัสดี"],
  [{ messageId: "5002" }, undefined],
  [{ messageId: "5001", brand: "travel" }, undefined],
  [{ from: "Genesys", correlationId: "a" }, "ค่ะ"],
  [{ from: "Genesys", correlationId: "b" }, "b.pdf"],
  [{ from: "Genesys", correlationId: "5001" }, undefined],
])("says what the message of %j says", (more, text) => {
  expect(saidIn({ retail: STATE })(way(more))).toBe(text);
});
