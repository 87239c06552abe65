import { UsageError } from "../errors.ts";
import { CREDENTIALS, type CredentialName, isCredentialName } from "./credentials.ts";

/** The credentials from flags, environment and standard input. */
export type GivenCredentials = Partial<Record<CredentialName, string>>;

const NAMES = Object.keys(CREDENTIALS).filter(isCredentialName);

/** Reads the JSON object that standard input gives. Throws UsageError, which never quotes a value. */
export function readGivenCredentials(text: string): GivenCredentials {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError("standard input: is not valid JSON; send an object with credentials");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError("standard input: must be a JSON object with credentials");
  }
  const given: GivenCredentials = {};
  for (const [name, credential] of Object.entries(value)) {
    if (!isCredentialName(name)) {
      throw new UsageError(`standard input: ${name} is unknown; allowed: ${NAMES.join(", ")}`);
    }
    if (typeof credential !== "string") {
      throw new UsageError(`standard input: ${name} must be a string`);
    }
    given[name] = credential;
  }
  return checkCredentials(given);
}

/**
 * Removes white space around the values, and drops empty ones. Only the optional access token stays when it
 * is empty: that means that there is none. Throws UsageError.
 */
export function checkCredentials(given: GivenCredentials): GivenCredentials {
  const checked: GivenCredentials = {};
  for (const name of NAMES) {
    const value = given[name]?.trim();
    if (value === undefined) continue;
    if (value !== "") checked[name] = checkCredential(name, value);
    else if (name === "lineChannelAccessToken") checked[name] = "";
  }
  return checked;
}

/** Throws UsageError, which never quotes the value. */
export function checkCredential(name: CredentialName, value: string): string {
  const { flag, environment } = CREDENTIALS[name];
  if (!/^[!-~]+$/.test(value)) {
    throw new UsageError(
      `${name} (${flag}, ${environment}): must be printable ASCII without spaces`,
    );
  }
  if (name === "lineChannelId" && !/^\d+$/.test(value)) {
    throw new UsageError(`${name} (${flag}, ${environment}): must be the number from the console`);
  }
  return value;
}
