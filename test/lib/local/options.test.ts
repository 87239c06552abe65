import { readOptions } from "../../../lib/local/options.ts";

describe("the options of npm start", () => {
  it("have defaults", () => {
    expect(readOptions([])).toEqual({
      market: undefined,
      marketsFile: undefined,
      port: 3_000,
      console: true,
      json: false,
      emptySecrets: false,
      help: false,
      servers: {},
    });
  });

  it("are read", () => {
    expect(
      readOptions([
        "--market",
        "Japan",
        "--markets",
        "m.json",
        "--port=0",
        "--no-console",
        "--json",
        "--empty-secrets",
        "--line-api",
        "http://127.0.0.1:1",
        "--line-data-api",
        "http://127.0.0.1:2/",
        "--genesys-api",
        "https://api.example",
        "--genesys-login",
        "http://[::1]:4",
      ]),
    ).toEqual({
      market: "Japan",
      marketsFile: "m.json",
      port: 0,
      console: false,
      json: true,
      emptySecrets: true,
      help: false,
      servers: {
        "line-api": "http://127.0.0.1:1",
        "line-data-api": "http://127.0.0.1:2",
        "genesys-api": "https://api.example",
        "genesys-login": "http://[::1]:4",
      },
    });
  });

  it.each([
    [["--prot", "1"], "--prot"],
    [["--port", "x"], "--port x: must be a number"],
    [["--port", "65535"], "--port 65535: must be a number"],
    [["--line-api", "127.0.0.1:1"], "--line-api 127.0.0.1:1: must be an origin"],
    [["--genesys-api", "http://127.0.0.1:1/base"], "must be an origin"],
    [["Japan"], "Japan"],
  ])("refuse %j", (argv, message) => {
    expect(() => readOptions(argv)).toThrow(message);
  });
});
