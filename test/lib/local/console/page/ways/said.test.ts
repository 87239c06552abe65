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
      userId: "U1",
      customer: "สมชาย",
      lines: [
        { id: "5001", from: "customer", text: "สวัสดี" },
        { id: "5002", from: "account", text: "an answer" },
      ],
    },
  ],
  conversations: [
    {
      customerId: "U1",
      messages: [
        { id: "a", direction: "Outbound", text: "ค่ะ", attachments: [] },
        { id: "b", direction: "Outbound", attachments: [{ filename: "b.pdf" }] },
      ],
    },
  ],
} as unknown as PageState;

const webhook = (kind: string) => ({
  at: 0,
  service: "LINE → bridge",
  level: "INFO",
  message: "webhook",
  fields: { kind },
});

it.each<[Partial<MessageWay>, text: string | undefined, customer: string | undefined]>([
  [{ messageId: "5001" }, "สวัสดี", "สมชาย"],
  [{ messageId: "5002" }, undefined, undefined],
  [{ messageId: "5001", brand: "travel" }, undefined, undefined],
  [{ from: "Genesys", correlationId: "a" }, "ค่ะ", "สมชาย"],
  [{ from: "Genesys", correlationId: "b" }, "b.pdf", "สมชาย"],
  [{ from: "Genesys", correlationId: "5001" }, undefined, undefined],
  // What says nothing is named by what it is.
  [{ steps: [webhook("unfollow")] }, "[unfollow]", undefined],
])("says by what a person knows the message of %j", (more, text, customer) => {
  expect(saidIn({ retail: STATE })(way(more))).toEqual({ text, customer });
});
