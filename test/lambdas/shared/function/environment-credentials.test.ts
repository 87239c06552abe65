import { defaultProvider } from "../../../../lambdas/shared/function/environment-credentials.ts";

const before = { ...process.env };
beforeEach(() => {
  for (const name of Object.keys(process.env))
    if (name.startsWith("AWS_")) delete process.env[name];
});
afterAll(() => {
  process.env = before;
});

it("gives the keys of the environment, as they are when a client asks", async () => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "key" });
  const credentials = defaultProvider();
  process.env.AWS_SESSION_TOKEN = "token";
  expect(await credentials()).toMatchObject({
    accessKeyId: "id",
    secretAccessKey: "key",
    sessionToken: "token",
  });
});

it.each([
  [{}, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"],
  [{ AWS_ACCESS_KEY_ID: "id" }, "AWS_SECRET_ACCESS_KEY"],
  [{ AWS_SECRET_ACCESS_KEY: "key", AWS_ACCESS_KEY_ID: "" }, "AWS_ACCESS_KEY_ID"],
])("stops a function that has none, and says what to set: %j", (environment, missing) => {
  Object.assign(process.env, environment, {
    AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:9/credentials",
  });
  expect(() => defaultProvider()).toThrow(`The environment lacks ${missing}: set both there`);
});
