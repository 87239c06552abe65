import { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { ENV } from "../contract/environment-variables.ts";
import { mediaSecretName } from "../contract/secret-names.ts";
import { MEDIA_CLIENT } from "../function/aws-clients.ts";
import { clock } from "../function/clock.ts";
import { platformVariables } from "../function/environment.ts";
import { createRotatingSecret, type ReadSecret } from "../secrets/rotating-secret.ts";
import { createMediaPrefix, type MediaPrefix, mediaSecretSchema } from "./media-keys.ts";
import type { MediaStore } from "./media-store.ts";
import { createPublicDownload, type Download } from "./public-download.ts";
import { createMediaStore } from "./s3-media-store.ts";

type MediaEnvironment = Record<
  typeof ENV.mediaBucket | typeof ENV.mediaUrl | keyof typeof platformVariables,
  string
>;

/** What both consumers need to host media; they differ in where it comes from. */
export function mediaDependencies(options: {
  market: string;
  environment: MediaEnvironment;
  readSecret: ReadSecret;
}): { store: MediaStore; prefix: MediaPrefix; download: Download; trustedOrigins: Set<string> } {
  const { market, environment, readSecret } = options;
  const url = environment[ENV.mediaUrl];
  const secret = createRotatingSecret(
    mediaSecretName(market),
    mediaSecretSchema,
    readSecret,
    clock.now,
  );
  const platformUrls = Object.values(z.object(platformVariables).parse(environment));
  const trustedOrigins = new Set([url, ...platformUrls].map((own) => new URL(own).origin));
  return {
    store: createMediaStore({
      client: new S3Client(MEDIA_CLIENT),
      bucket: environment[ENV.mediaBucket],
      url,
    }),
    prefix: createMediaPrefix(async () => (await secret.get()).keySecret),
    download: createPublicDownload({ trustedOrigins }),
    trustedOrigins,
  };
}
