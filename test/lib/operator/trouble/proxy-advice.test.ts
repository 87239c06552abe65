import { proxyAdvice } from "../../../../lib/operator/trouble/proxy-advice.ts";

const LINE = {
  who: "LINE",
  origin: "https://api.line.me",
  host: "api.line.me",
  isHere: false,
  status: 0,
};
const HTTPS_PROXY = "http://user:hush@proxy.example.com:8080";

it("says that Node.js takes no notice of the proxy, or which one it is, without its password", () => {
  expect(proxyAdvice("late", LINE, { HTTPS_PROXY })).toBe(
    "HTTPS_PROXY names a proxy (proxy.example.com:8080), which Node.js uses only with NODE_USE_ENV_PROXY=1: set that, and run it again.",
  );
  expect(proxyAdvice("refused", LINE, { https_proxy: HTTPS_PROXY, NODE_USE_ENV_PROXY: "1" })).toBe(
    "Requests go through the proxy of HTTPS_PROXY (proxy.example.com:8080): check that it runs and lets api.line.me pass.",
  );
  expect(proxyAdvice("cut", LINE, { HTTPS_PROXY: "hush hush" })).not.toContain("hush");
});

it.each([
  ["there is none", "late", LINE, {}],
  ["the host needs none", "late", LINE, { HTTPS_PROXY, NO_PROXY: "example.com, .line.me" }],
  ["the server is on this machine", "refused", { ...LINE, isHere: true }, { HTTPS_PROXY }],
  ["somebody has answered", "down", LINE, { HTTPS_PROXY }],
  ["it is for the other protocol", "late", { ...LINE, origin: "http://a" }, { HTTPS_PROXY }],
] as const)("says nothing of a proxy where %s", (_, cause, place, env) => {
  expect(proxyAdvice(cause, place, env)).toBeUndefined();
});
