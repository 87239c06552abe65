import { createTerminal, type TerminalOptions } from "../../../lib/operator/terminal.ts";

// Both are of a module kind that Jest does not load; what they show is theirs.
jest.mock("@inquirer/prompts", () => ({}));
jest.mock(
  "ora",
  () =>
    ({
      text,
      stream,
      isSilent,
    }: {
      text: string;
      stream: NodeJS.WriteStream;
      isSilent: boolean;
    }) => ({
      start() {
        if (!isSilent) stream.write(text);
        return this;
      },
      stop() {},
    }),
);

/** What a terminal writes on each stream. */
async function written(options: Partial<TerminalOptions>) {
  const streams = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    jest.spyOn(process[name], "write").mockImplementation((chunk) => {
      streams[name] += chunk;
      return true;
    });
  }
  try {
    const terminal = createTerminal({ json: false, yes: false, isInteractive: false, ...options });
    terminal.print("a line");
    expect(await terminal.progress("working …", async () => "done")).toBe("done");
  } finally {
    jest.restoreAllMocks();
  }
  return streams;
}

describe("a terminal", () => {
  it("prints lines on standard output, and with JSON on standard error", async () => {
    expect(await written({})).toEqual({ stdout: "a line\n", stderr: "" });
    expect(await written({ json: true })).toEqual({ stdout: "", stderr: "a line\n" });
  });

  it("shows a person what is under way, on standard error alone", async () => {
    const { stdout, stderr } = await written({ json: true, isInteractive: true });
    expect(stdout).toBe("");
    expect(stderr).toContain("working …");
  });

  it("asks nobody where nobody sits there", async () => {
    const terminal = createTerminal({ json: false, yes: false, isInteractive: false });
    expect(await terminal.ask({ text: "Secret", isSecret: true })).toBeUndefined();
    await expect(terminal.confirm("Go on?")).rejects.toThrow("--yes is missing");
    const willing = createTerminal({ json: false, yes: true, isInteractive: false });
    expect(await willing.confirm("Go on?")).toBe(true);
  });
});
