import type { CredentialName } from "../../../../lib/operator/credentials/credentials.ts";
import type { GivenCredentials } from "../../../../lib/operator/credentials/given-credentials.ts";
import { describeError } from "../../../../lib/operator/errors.ts";
import type { BrandStack } from "../../../../lib/operator/market/stack.ts";
import type { LocalMarket } from "../local-market.ts";
import { secretValues, storedSecret } from "../market-secrets.ts";
import { type RecordingTerminal, recordingTerminal } from "../recording-terminal.ts";
import { settingUpIn } from "./setting-up.ts";

const WRONG = "5".repeat(32);

export function askingAgainTests(running: () => LocalMarket): void {
  let market: LocalMarket;
  let settingUp: ReturnType<typeof settingUpIn>;
  let brand: BrandStack;
  let right: ReturnType<LocalMarket["credentialsOf"]>;
  beforeAll(() => {
    market = running();
    settingUp = settingUpIn(market);
    brand = market.freshBrand();
    right = market.credentialsOf(brand);
  });

  /** Nothing is changed, so that the brand stays as it is. */
  async function asking(
    answers: Partial<Record<CredentialName, string | string[]>>,
    given: GivenCredentials = right,
  ) {
    const terminal = recordingTerminal({ answers, says: false });
    const error: unknown = await settingUp(brand, { given, terminal }).catch((reason) => reason);
    const told = describeError(error);
    const text = terminal.screen() + told;
    const secrets = [...(await secretValues(market)), WRONG];
    expect(secrets.filter((value) => text.includes(value))).toEqual([]);
    return { terminal, told };
  }

  const questions = ({ asked }: RecordingTerminal) => asked.map(({ text }) => text);
  const FIELD = {
    secret: "LINE channel secret (again; leave it empty to type the ID again, too)",
    client:
      "Client secret of the Genesys Cloud OAuth client that the bridge uses (again; leave it empty to type the ID again, too)",
  };

  it("a channel secret that LINE refuses, and nothing else", async () => {
    const answers = { lineChannelSecret: [right.lineChannelSecret] };
    const { terminal, told } = await asking(answers, { ...right, lineChannelSecret: WRONG });
    expect(questions(terminal)).toEqual([FIELD.secret]);
    expect(terminal.asked[0]?.isSecret).toBe(true);
    expect(terminal.lines).toContain(
      "  ✗ LINE refused these credentials: check LINE channel ID (--line-channel-id), LINE channel secret (--line-channel-secret).",
    );
    // It came as far as the question whether to go on.
    expect(told).toBe("Nothing was changed.");
  });

  it("the channel ID, too, where nothing is typed for the secret", async () => {
    const answers = {
      lineChannelId: [right.lineChannelId],
      lineChannelSecret: ["", right.lineChannelSecret],
    };
    const { terminal, told } = await asking(answers, { ...right, lineChannelId: "1" });
    expect(questions(terminal).map((text) => text.split(" (")[0])).toEqual([
      "LINE channel secret",
      "LINE channel ID",
      "LINE channel secret",
    ]);
    expect(told).toBe("Nothing was changed.");
  });

  it("an access token that LINE refuses, which can be left out", async () => {
    const given = { ...right, lineChannelAccessToken: WRONG };
    const { terminal, told } = await asking({ lineChannelAccessToken: [""] }, given);
    expect(questions(terminal)).toEqual([
      "LINE channel access token (again; leave it empty to do without)",
    ]);
    expect(told).toBe("Nothing was changed.");
  });

  it("the client secret that Genesys Cloud refuses, of either client", async () => {
    const given = {
      ...right,
      genesysClientSecret: WRONG,
      genesysProvisioningClientSecret: WRONG,
    };
    const { terminal, told } = await asking(
      {
        genesysClientSecret: [right.genesysClientSecret],
        genesysProvisioningClientSecret: [right.genesysProvisioningClientSecret],
      },
      given,
    );
    expect(questions(terminal)[0]).toBe(FIELD.client);
    expect(questions(terminal)[1]).toMatch(/^Client secret of the .* client for set-up \(again;/);
    expect(questions(terminal)).toHaveLength(2);
    expect(terminal.lines.join()).toContain("and genesysRegion in cdk.json");
    expect(told).toBe("Nothing was changed.");
  });

  it("what is malformed, at once", async () => {
    const { lineChannelId: _, ...given } = right;
    const answers = { lineChannelId: ["@shop", "", right.lineChannelId] };
    const { terminal, told } = await asking(answers, given);
    expect(questions(terminal)).toHaveLength(3);
    expect(terminal.lines).toContainEqual(
      expect.stringMatching(/✗ lineChannelId .*the number from/),
    );
    expect(terminal.lines).toContainEqual(expect.stringMatching(/✗ LINE channel ID is missing/));
    expect(told).toBe("Nothing was changed.");
  });

  it("three times in all, and then it ends", async () => {
    const given = { ...right, lineChannelSecret: WRONG };
    const { terminal, told } = await asking({ lineChannelSecret: WRONG }, given);
    expect(questions(terminal)).toEqual([FIELD.secret, FIELD.secret]);
    expect(told).toMatch(/^LINE refused these credentials/);
  });

  it("nobody where nobody sits there, or where typing ends", async () => {
    const given = { ...right, lineChannelSecret: WRONG };
    const alone = recordingTerminal();
    await expect(settingUp(brand, { given, terminal: alone })).rejects.toThrow("LINE refused");
    expect([alone.asked, alone.lines.slice(1)]).toEqual([[], []]);
    const ended = await asking({}, given);
    expect(questions(ended.terminal)).toHaveLength(2);
    expect(ended.told).toMatch(/^LINE channel ID is missing/);
  });

  it.each([
    ["LINE", "line", "LINE"],
    ["Genesys Cloud", "genesys", "Genesys Cloud's login"],
  ] as const)("nothing where %s cannot be reached", async (_, platform, who) => {
    market.interfere[platform] = async () => undefined;
    const { terminal, told } = await asking({
      lineChannelSecret: WRONG,
      genesysClientSecret: WRONG,
    });
    expect(questions(terminal)).toEqual([]);
    expect(told).toMatch(
      new RegExp(
        `^${who} cannot be reached: http:.*This is no fault of the credentials; nothing was changed\\.$`,
      ),
    );
  });

  it("nothing for a second time once it is right, and stores what was typed", async () => {
    const other = market.freshBrand();
    const credentials = market.credentialsOf(other);
    const terminal = recordingTerminal({
      answers: { lineChannelSecret: [credentials.lineChannelSecret] },
    });
    const given = { ...credentials, lineChannelSecret: WRONG };
    expect((await settingUp(other, { given, terminal })).ok).toBe(true);
    const { fields } = await storedSecret(market, other.lineSecret);
    expect(fields.channelSecret).toBe(credentials.lineChannelSecret);
  });
}
