import { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { clock, MEDIA_CLIENT } from "./aws/clients.ts";
import { createRotatingSecret, type ReadSecret } from "./aws/rotating-secret.ts";
import { platformVariables } from "./environment.ts";
import { createMediaPrefix, type MediaPrefix, mediaSecretSchema } from "./media/media-keys.ts";
import type { MediaStore } from "./media/media-store.ts";
import { createPublicDownload, type Download } from "./media/public-download.ts";
import { createMediaStore } from "./media/s3-media-store.ts";
import { ENV, mediaSecretName } from "./names.ts";

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
