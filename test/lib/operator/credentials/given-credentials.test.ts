import { CREDENTIALS } from "../../../../lib/operator/credentials/credentials.ts";
import {
  checkCredentials,
  readGivenCredentials,
} from "../../../../lib/operator/credentials/given-credentials.ts";

const NAMES = Object.keys(CREDENTIALS).join(", ");

describe("credentials on standard input", () => {
  it("are the fields of a JSON object, without blanks around and without what is empty, but for the optional one", () => {
    const text = JSON.stringify({
      lineChannelId: " 1234567890\n",
      lineChannelSecret: "abc",
      lineChannelAccessToken: "  ",
      genesysClientId: "",
    });
    expect(readGivenCredentials(text)).toEqual({
      lineChannelId: "1234567890",
      lineChannelSecret: "abc",
      // It means that there is none.
      lineChannelAccessToken: "",
    });
    expect(readGivenCredentials("{}")).toEqual({});
  });

  it.each([
    ["nothing", "", "standard input: is not valid JSON"],
    ["half an object", '{"lineChannelSecret":"hush', "standard input: is not valid JSON"],
    ["a list", '["hush"]', "standard input: must be a JSON object"],
    ["a text", '"hush"', "standard input: must be a JSON object"],
    ["null", "null", "standard input: must be a JSON object"],
    ["an unknown field", '{"channelSecret":"hush"}', `channelSecret is unknown; allowed: ${NAMES}`],
    ["a field of every object", '{"constructor":"hush"}', "constructor is unknown"],
    ["a number", '{"lineChannelId":1234567890}', "lineChannelId must be a string"],
    ["an object", '{"lineChannelSecret":{"hush":1}}', "lineChannelSecret must be a string"],
    ["blanks", '{"lineChannelSecret":"hush hush"}', "lineChannelSecret (--line-channel-secret"],
  ])("may not be %s", (_, text, message) => {
    const read = () => readGivenCredentials(text);
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ name: "UsageError" }));
    expect(read).not.toThrow(/hush/);
  });
});

describe("a credential", () => {
  it.each([
    ["lineChannelSecret", "two words"],
    ["genesysClientSecret", "line\nbreak"],
    ["lineChannelAccessToken", "ключ"],
    ["genesysClientId", "control\u0007"],
  ] as const)("%s must be printable ASCII", (name, value) => {
    const { flag, environment } = CREDENTIALS[name];
    const check = () => checkCredentials({ [name]: value });
    expect(check).toThrow(`${name} (${flag}, ${environment}): must be printable ASCII`);
    expect(check).not.toThrow(value);
  });

  it("is the channel's number, not the account's name", () => {
    expect(() => checkCredentials({ lineChannelId: "@shop" })).toThrow(
      "lineChannelId (--line-channel-id, LINE_CHANNEL_ID): must be the number from the console",
    );
  });
});
