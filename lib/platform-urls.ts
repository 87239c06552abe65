import { ENV } from "../lambdas/shared/names.ts";
import { GENESYS_DOMAINS, type GenesysRegion } from "./genesys-regions.ts";

/**
 * Where the platforms answer, by environment variable of the functions. LINE has one address for
 * all countries, Genesys Cloud one per region: the Platform API, what agents attach, OAuth tokens.
 */
export function platformUrls(region: GenesysRegion): Record<string, string> {
  const domain = GENESYS_DOMAINS[region];
  return {
    [ENV.lineApiUrl]: "https://api.line.me",
    [ENV.lineDataApiUrl]: "https://api-data.line.me",
    [ENV.genesysApiUrl]: `https://api.${domain}`,
    [ENV.genesysDownloadsUrl]: `https://api-downloads.${domain}`,
    [ENV.genesysLoginUrl]: `https://login.${domain}`,
  };
}
