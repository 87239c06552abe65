import {
  type GenesysCloud,
  startGenesysCloud,
} from "../../../../../lib/local/simulators/genesys/genesys-cloud.ts";
import type { OAuthCredentials } from "../../../../../lib/local/simulators/genesys/oauth-client.ts";
import { eventually } from "../../eventually.ts";
import { startWebhookReceiver } from "../webhook-receiver.ts";
import { channelOf, postGenesys, postInbound, RETAIL, USER } from "./retail-integration.ts";

const NOTIFIER = {
  clientId: "notifier",
  clientSecret: "notifier-secret",
  permissions: ["conversation:message:create"],
};

let genesys: GenesysCloud;
let bridge: Awaited<ReturnType<typeof startWebhookReceiver>>;
beforeEach(async () => {
  bridge = await startWebhookReceiver();
  genesys = await startGenesysCloud({ integrations: [RETAIL], clients: [NOTIFIER] });
  genesys.setWebhook("retail", bridge.url);
});
afterEach(async () => {
  await genesys.close();
  await bridge.close();
});

const post = (body: object, client: OAuthCredentials = NOTIFIER) =>
  postGenesys(genesys.origin, "/api/v2/conversations/messages/agentless", body, client);

const message = {
  fromAddress: RETAIL.integrationId,
  toAddress: USER,
  toAddressMessengerType: "open",
  textBody: "พัสดุของคุณถึงแล้วค่ะ",
};

describe("an agentless message", () => {
  it("goes to the webhook as a text, from nobody", async () => {
    const { status, body } = await post(message);
    expect([status, body]).toMatchObject([
      200,
      { messengerType: "open", toAddress: USER, textBody: message.textBody },
    ]);
    const webhook = await eventually(() => bridge.bodies()[0], 5_000);
    expect(webhook).toMatchObject({
      type: "Text",
      direction: "Outbound",
      text: message.textBody,
      channel: { to: { id: USER } },
    });
    const { id, conversationId } = webhook;
    expect(body).toMatchObject({ id, conversationId });
    expect(webhook).not.toHaveProperty("originatingEntity");
  });

  it("joins an open conversation only where it says so", async () => {
    await postInbound(genesys.origin, "message", { channel: channelOf(USER), text: "hello" });
    expect(await post(message)).toMatchObject({
      status: 400,
      body: { message: "An active conversation is already in progress" },
    });
    expect((await post({ ...message, useExistingActiveConversation: true })).status).toBe(200);
  });

  it.each([
    ["another integration", { fromAddress: "9d6d2b3e-0000-4000-8000-000000000000" }, 404],
    ["another messenger", { toAddressMessengerType: "sms" }, 400],
    ["no text", { textBody: undefined }, 400],
    ["more than 2,000 characters", { textBody: "x".repeat(2_001) }, 400],
    ["no customer", { toAddress: "" }, 400],
  ])("is refused with %s", async (_, fields, status) => {
    expect((await post({ ...message, ...fields })).status).toBe(status);
    expect(bridge.received).toEqual([]);
  });

  it("needs the permission Conversation > Message > Create", async () => {
    expect(await post(message, RETAIL)).toMatchObject({
      status: 403,
      body: { code: "missing.permissions" },
    });
  });
});
