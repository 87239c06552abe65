import { ENV } from "../../lambdas/shared/contract/environment-variables.ts";
import type { LocalOptions } from "./options.ts";

/**
 * Where the functions find the platforms, by environment variable: at the server that a flag names,
 * otherwise at the built-in simulator. Each simulator serves the paths of all hosts of its platform.
 */
export function serverUrls(
  servers: LocalOptions["servers"],
  simulators: { line: string | undefined; genesys: string | undefined },
) {
  const lineApi = servers["line-api"] ?? simulators.line ?? "";
  const genesysApi = servers["genesys-api"] ?? simulators.genesys ?? "";
  return {
    [ENV.lineApiUrl]: lineApi,
    [ENV.lineDataApiUrl]: servers["line-data-api"] ?? lineApi,
    [ENV.genesysApiUrl]: genesysApi,
    [ENV.genesysDownloadsUrl]: genesysApi,
    [ENV.genesysLoginUrl]: servers["genesys-login"] ?? simulators.genesys ?? "",
  } satisfies Record<string, string>;
}
