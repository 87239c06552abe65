import { redriveCommand } from "../../../../lib/local/console/dead-letters.ts";

it.each([
  [
    "LineRefused",
    "npm run operator -- redrive --local http://127.0.0.1:3000 --brand retail --queue outbound --reason LineRefused",
  ],
  [
    "none",
    "npm run operator -- redrive --local http://127.0.0.1:3000 --brand retail --queue outbound",
  ],
])("names the command that puts a letter back: %s", (reason, command) => {
  expect(
    redriveCommand({ brand: "retail", queue: "outbound", reason }, "http://127.0.0.1:3000"),
  ).toBe(command);
});
