import { askCredential } from "../../../../lib/operator/credentials/ask-credential.ts";
import { recordingTerminal } from "../recording-terminal.ts";

describe("a credential", () => {
  it("is asked for by the name that stands in the console, and checked", async () => {
    const terminal = recordingTerminal({ answers: { genesysClientSecret: " hush " } });
    expect(await askCredential("genesysClientSecret", terminal)).toBe("hush");
    expect(terminal.asked).toEqual([
      { text: expect.stringContaining("Client secret of the Genesys Cloud OAuth"), isSecret: true },
    ]);
    const mistyped = recordingTerminal({ answers: { lineChannelId: "one" } });
    await expect(askCredential("lineChannelId", mistyped)).rejects.toThrow("must be the number");
  });

  it.each([
    ["nobody can be asked", undefined],
    ["nothing is typed", "  "],
  ])(
    "that is needed and missing, since %s, is named with all ways to give it",
    async (_, typed) => {
      const answers = typed === undefined ? {} : { lineChannelSecret: typed };
      const asked = askCredential("lineChannelSecret", recordingTerminal({ answers }));
      await expect(asked).rejects.toThrow(
        "LINE channel secret is missing (LINE Developers Console, the channel's Basic settings): give it with --line-channel-secret, as LINE_CHANNEL_SECRET or as lineChannelSecret on standard input (--stdin)",
      );
    },
  );
});
