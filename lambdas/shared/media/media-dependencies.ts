import { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { mediaSecretName } from "../contract/secret-names.ts";
import { MEDIA_CLIENT } from "../function/aws-clients.ts";
import { clock } from "../function/clock.ts";
import { platformVariables } from "../function/environment.ts";
import { createRotatingSecret, type ReadSecret } from "../secrets/rotating-secret.ts";
import { createMediaPrefix, type MediaPrefix, mediaSecretSchema } from "./media-keys.ts";
import type { MediaStore } from "./media-store.ts";
import { createPublicDownload, type Download } from "./public-download.ts";
import { createMediaStore } from "./s3-media-store.ts";

/** Where the media of one brand is hosted. */
export interface BrandMedia {
  store: MediaStore;
  prefix: MediaPrefix;
}

type MediaEnvironment = Record<
  "MARKET" | "MEDIA_BUCKET" | "MEDIA_URL" | keyof typeof platformVariables,
  string
>;

/** What both consumers need to host media; they differ in where it comes from. */
export function mediaDependencies(
  environment: MediaEnvironment,
  readSecret: ReadSecret,
): { mediaOf(brand: string): BrandMedia; download: Download; trustedOrigins: Set<string> } {
  const url = environment.MEDIA_URL;
  const secret = createRotatingSecret(
    mediaSecretName(environment.MARKET),
    mediaSecretSchema,
    readSecret,
    clock.now,
  );
  const own = [url, ...Object.values(z.object(platformVariables).parse(environment))];
  const trustedOrigins = new Set(own.map((each) => new URL(each).origin));
  const store = createMediaStore({
    client: new S3Client(MEDIA_CLIENT),
    bucket: environment.MEDIA_BUCKET,
    url,
  });
  return {
    mediaOf: (brand) => ({
      store,
      prefix: createMediaPrefix(brand, async () => (await secret.get()).keySecret),
    }),
    download: createPublicDownload({ trustedOrigins }),
    trustedOrigins,
  };
}
