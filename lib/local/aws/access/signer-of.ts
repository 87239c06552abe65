import type { AwsRequest } from "../aws-server.ts";

export interface Signer {
  accessKey: string;
  /** The region that the request is meant for. */
  region: string;
}

/**
 * Who signed a request, in its header or in a presigned URL; undefined for an unsigned one. The
 * signature itself is not checked.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 */
export function signerOf({ headers, path }: AwsRequest): Signer | undefined {
  const credential =
    /Credential=([^,\s]+)/.exec(headers.authorization ?? "")?.[1] ??
    new URLSearchParams(path.split("?")[1]).get("X-Amz-Credential");
  const [accessKey, , region] = credential?.split("/") ?? [];
  return accessKey === undefined || region === undefined ? undefined : { accessKey, region };
}
