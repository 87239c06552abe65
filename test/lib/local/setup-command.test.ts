import { setupCommand } from "../../../lib/local/setup-command.ts";

const brand = {
  brand: "Retail_Thai",
  line: { webhook: "", channelId: "1", channelSecret: "2", botUserId: "" },
  genesys: { webhook: "", clientId: "3", clientSecret: "4" },
  queues: { inbound: "", outbound: "" },
};

test("the command of a brand holds its credentials and can be copied as a whole", () => {
  const provisioning = { clientId: "5", clientSecret: "6" };
  expect(setupCommand(provisioning, "retail-thai", brand)).toBe(
    [
      "LINE_CHANNEL_ID=1 \\",
      "  LINE_CHANNEL_SECRET=2 \\",
      "  GENESYS_CLIENT_ID=3 \\",
      "  GENESYS_CLIENT_SECRET=4 \\",
      "  GENESYS_PROVISIONING_CLIENT_ID=5 \\",
      "  GENESYS_PROVISIONING_CLIENT_SECRET=6 \\",
      '  npm run operator -- setup --local --brand retail-thai --flow "LINE inbound"',
    ].join("\n"),
  );
});

test("it names no client for provisioning where there is none", () => {
  const command = setupCommand(undefined, "retail-thai", brand);
  expect(command).not.toContain("PROVISIONING");
  expect(command).not.toContain("--flow");
});
