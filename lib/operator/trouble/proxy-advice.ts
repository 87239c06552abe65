import type { Cause, Place } from "./causes.ts";

/** Where a proxy can be the cause: nothing has answered. */
const ON_THE_WAY: readonly Cause[] = ["refused", "unknownName", "noRoute", "late", "cut"];

/**
 * The advice where the environment names a proxy; undefined if it does not, or not for this host. Node.js takes
 * no notice of these variables without NODE_USE_ENV_PROXY=1: https://nodejs.org/api/cli.html#node_use_env_proxy1
 */
export function proxyAdvice(
  cause: Cause,
  { host, origin, isHere }: Place,
  env: NodeJS.ProcessEnv,
): string | undefined {
  if (isHere || !ON_THE_WAY.includes(cause)) return undefined;
  const name = origin.startsWith("http:") ? "HTTP_PROXY" : "HTTPS_PROXY";
  const proxy = env[name.toLowerCase()] || env[name];
  if (!proxy || isExempt(host, env.no_proxy ?? env.NO_PROXY ?? "")) return undefined;
  // Without its user and password.
  const where = URL.canParse(proxy) ? new URL(proxy).host : "whose address is no URL";
  return env.NODE_USE_ENV_PROXY === "1"
    ? `Requests go through the proxy of ${name} (${where}): check that it runs and lets ${host} pass.`
    : `${name} names a proxy (${where}), which Node.js uses only with NODE_USE_ENV_PROXY=1: set that, and run it again.`;
}

function isExempt(host: string, list: string): boolean {
  return list
    .split(",")
    .map((entry) => entry.trim().replace(/^\*?\.?/, ""))
    .some((entry) => entry !== "" && (host === entry || host.endsWith(`.${entry}`)));
}
