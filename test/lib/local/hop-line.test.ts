import { stripVTControlCharacters } from "node:util";
import { requestLine, trafficLine, warningLine } from "../../../lib/local/hop-line.ts";

const AT = new Date(2026, 10, 30, 17, 5, 51, 42).getTime();

const plain = (line: string | undefined) => line && stripVTControlCharacters(line);

it("shows a request to a platform, with the time of day here", () => {
  const line = trafficLine({
    at: AT,
    from: "bridge",
    to: "LINE",
    brandKey: "retail",
    what: "push",
    text: "สวัสดี\nค่ะ",
    status: 200,
    milliseconds: 12,
  });
  expect(plain(line)).toBe(
    "17:05:51.042  bridge  → LINE     retail         200    12 ms  push  สวัสดี ค่ะ",
  );
});

it("shows a request to a webhook", () => {
  const request = {
    method: "POST",
    path: "/line/retail",
    route: "x",
    status: 401,
    milliseconds: 5,
  };
  expect(plain(requestLine(request, AT))).toMatch(
    /^17:05:51\.042 {2}LINE .* bridge .* retail .* 401 .* 5 ms {2}webhook$/,
  );
});

describe("what a function logs", () => {
  const logged = (level: string, message: string, fields: object = {}) =>
    plain(
      warningLine({
        source: "worker",
        stream: "stdout",
        text: JSON.stringify({ level, message, ...fields }),
      }),
    )?.trim();

  it.each([
    [
      "WARN",
      "Will try a message again",
      { errorMessage: "Genesys answered 503", seconds: 4 },
      "worker: trying again: Genesys answered 503 (next try in 4 s)",
    ],
    [
      "INFO",
      "Put a message off, untried",
      { errorName: "HeldBack", seconds: 30 },
      "worker: waiting: HeldBack (next try in 30 s)",
    ],
    ["ERROR", "Parked a message", { errorMessage: "400" }, "worker: parked: 400"],
    [
      "INFO",
      "Not pushed: the customer has blocked the account",
      {},
      "worker: not pushed: the customer has blocked the account",
    ],
    ["INFO", "Ignored on purpose", {}, "worker: ignored"],
    ["WARN", "Could not get the quota", { errorMessage: "x" }, "worker: Could not get the quota x"],
    ["INFO", "Delivered to LINE", {}, undefined],
    ["INFO", "Stored in the queue", {}, undefined],
  ])("%s %s", (level, message, fields, line) => {
    expect(logged(level, message, fields)).toBe(line);
  });
});
