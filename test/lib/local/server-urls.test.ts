import { serverUrls } from "../../../lib/local/server-urls.ts";

const simulators = { line: "http://127.0.0.1:1", genesys: "http://127.0.0.1:2" };

describe("the functions talk", () => {
  it("to the simulators where no flag says otherwise", () => {
    expect(serverUrls({}, simulators)).toEqual({
      LINE_API_URL: simulators.line,
      LINE_DATA_API_URL: simulators.line,
      GENESYS_API_URL: simulators.genesys,
      GENESYS_DOWNLOADS_URL: simulators.genesys,
      GENESYS_LOGIN_URL: simulators.genesys,
    });
  });

  it.each([
    [
      "--line-api, for LINE's content too",
      { "line-api": "https://line.test" },
      { LINE_API_URL: "https://line.test", LINE_DATA_API_URL: "https://line.test" },
    ],
    [
      "--line-data-api, for LINE's content alone",
      { "line-data-api": "https://data.test" },
      { LINE_API_URL: simulators.line, LINE_DATA_API_URL: "https://data.test" },
    ],
    [
      "both",
      { "line-api": "https://line.test", "line-data-api": "https://data.test" },
      { LINE_API_URL: "https://line.test", LINE_DATA_API_URL: "https://data.test" },
    ],
    [
      "--genesys-api, for downloads too, but not for tokens",
      { "genesys-api": "https://genesys.test" },
      {
        GENESYS_API_URL: "https://genesys.test",
        GENESYS_DOWNLOADS_URL: "https://genesys.test",
        GENESYS_LOGIN_URL: simulators.genesys,
      },
    ],
    [
      "--genesys-login, for tokens alone",
      { "genesys-login": "https://login.test" },
      { GENESYS_API_URL: simulators.genesys, GENESYS_LOGIN_URL: "https://login.test" },
    ],
  ])("to the server of %s", (_name, servers, urls) => {
    expect(serverUrls(servers, simulators)).toMatchObject(urls);
  });
});
