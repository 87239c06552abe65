import { createHmac } from "node:crypto";
import { isSignatureOf } from "../../../../lambdas/shared/webhook/signature.ts";

const body = '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}';
const secret = "8c570fa6dd201bb328f1c1eac23a96d8";
const signature = "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=";

describe("isSignatureOf", () => {
  it("accepts the example of LINE's documentation", () => {
    expect(isSignatureOf(Buffer.from(body), secret, signature)).toBe(true);
  });

  it.each([
    ["another body", `${body} `, secret, signature],
    ["another secret", body, "8c570fa6dd201bb328f1c1eac23a96d9", signature],
    ["another signature", body, secret, signature.replace("G", "H")],
  ])("refuses %s", (_, text, key, candidate) => {
    expect(isSignatureOf(Buffer.from(text), key, candidate)).toBe(false);
  });

  it.each([
    ["missing", undefined],
    ["empty", ""],
    ["blank before", ` ${signature}`],
    ["characters after", `${signature}AAAA`],
    ["no padding", signature.slice(0, -1)],
    ["base64url", signature.replace("+", "-")],
    ["other unused bits", "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLt="],
    ["hex", createHmac("sha256", secret).update(body).digest("hex")],
    ["31 bytes", Buffer.from(signature, "base64").subarray(1).toString("base64")],
    ["not ASCII", "署名"],
  ])("refuses a signature that is not in the one spelling: %s", (_, candidate) => {
    expect(isSignatureOf(Buffer.from(body), secret, candidate)).toBe(false);
  });
});
