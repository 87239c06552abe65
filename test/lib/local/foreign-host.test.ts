import type { ServerResponse } from "node:http";
import fc from "fast-check";
import { refuseForeignHost } from "../../../lib/local/foreign-host.ts";

function statusFor(host: string | undefined): number | undefined {
  let status: number | undefined;
  const response = {
    writeHead(code: number) {
      status = code;
    },
    end: () => undefined,
  } as unknown as ServerResponse;
  expect(refuseForeignHost({ headers: { host } }, response)).toBe(status !== undefined);
  return status;
}

describe("a request's host", () => {
  it.each([
    "127.0.0.1",
    "127.0.0.1:3000",
    "localhost:3000",
    "LOCALHOST",
    "[::1]:80",
    "a.localhost",
  ])("is this machine: %s", (host) => expect(statusFor(host)).toBeUndefined());

  it.each([
    undefined,
    "",
    "evil.example",
    "127.0.0.1.evil.example:80",
    "localhost.evil",
    "evil:80",
  ])("is another one: %s", (host) => expect(statusFor(host)).toBe(421));

  it("is another one for any domain", () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        if (!domain.endsWith(".localhost")) expect(statusFor(domain)).toBe(421);
      }),
    );
  });
});
