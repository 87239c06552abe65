import { ENV } from "../lambdas/shared/contract/environment-variables.ts";
import { GENESYS_DOMAINS, type GenesysRegion } from "./genesys-regions.ts";

/** LINE has one address for all countries. */
const LINE_API_URL = "https://api.line.me";

/**
 * Where the platforms answer, by environment variable of the functions. Genesys Cloud has
 * addresses per region: the Platform API, what agents attach, OAuth tokens.
 */
export function platformUrls(region: GenesysRegion) {
  const domain = GENESYS_DOMAINS[region];
  return {
    [ENV.lineApiUrl]: LINE_API_URL,
    [ENV.lineDataApiUrl]: "https://api-data.line.me",
    [ENV.genesysApiUrl]: `https://api.${domain}`,
    [ENV.genesysDownloadsUrl]: `https://api-downloads.${domain}`,
    [ENV.genesysLoginUrl]: `https://login.${domain}`,
  };
}
