import { decide } from "../../../../../lib/local/aws/access/decide.ts";
import { allow, deny } from "./guarded-function.ts";

const resource = "arn:aws:s3:::media/retail/a.png";
const put = { action: "s3:PutObject", resource };

test("what no statement names is denied", () => {
  expect(decide([], put)).toBe("implicit deny");
  expect(decide([allow("s3:GetObject"), allow("s3:PutObject", "arn:aws:s3:::media")], put)).toBe(
    "implicit deny",
  );
});

test("one statement has to allow both action and resource", () => {
  const crossed = [allow("s3:PutObject", "arn:aws:s3:::other/*"), allow("s3:GetObject", resource)];
  expect(decide(crossed, put)).toBe("implicit deny");
  expect(decide([...crossed, allow(["s3:GetObject", "s3:PutObject"], resource)], put)).toBe(
    "allow",
  );
});

test("a statement that denies is stronger than all that allow", () => {
  expect(decide([allow("*"), deny("s3:Put*", resource), allow("s3:PutObject")], put)).toBe(
    "explicit deny",
  );
});

test.each([
  ["s3:PutObject", resource, "allow"],
  ["S3:putobject", resource, "allow"],
  ["s3:*", resource, "allow"],
  ["*", "*", "allow"],
  ["s3:Put?bject", resource, "allow"],
  ["s3:PutObject?", resource, "implicit deny"],
  ["s3:Put", resource, "implicit deny"],
  ["s3.PutObject", resource, "implicit deny"],
  ["s3:PutObject", "arn:aws:s3:::media/*", "allow"],
  ["s3:PutObject", "arn:aws:s3:::*a.png", "allow"],
  ["s3:PutObject", "arn:aws:s3:::media/retail/?.png", "allow"],
  ["s3:PutObject", "arn:aws:s3:::media/?.png", "implicit deny"],
  ["s3:PutObject", "arn:aws:s3:::MEDIA/*", "implicit deny"],
  ["s3:PutObject", "arn:aws:s3:::media/retail/a+png", "implicit deny"],
])("%s on %s: %s", (actions, resources, decision) => {
  expect(decide([allow(actions, resources)], put)).toBe(decision);
});

test("wildcards take in every character of a key", () => {
  const odd = { action: "s3:PutObject", resource: "arn:aws:s3:::media/ไฟล์ 😀\n(1)" };
  expect(decide([allow("s3:PutObject", "arn:aws:s3:::media/*")], odd)).toBe("allow");
  expect(decide([allow("s3:PutObject", "arn:aws:s3:::media/ไฟล์ ?\n(1)")], odd)).toBe("allow");
});
