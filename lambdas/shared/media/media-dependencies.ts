import * as z from "zod";
import { mediaSecretName } from "../contract/secret-names.ts";
import { MEDIA_CLIENT } from "../function/aws-clients.ts";
import { clock } from "../function/clock.ts";
import { platformVariables } from "../function/environment.ts";
import { lazily } from "../function/lazily.ts";
import { createRotatingSecret, type ReadSecret } from "../secrets/rotating-secret.ts";
import { createLazyMediaStore } from "./lazy-media-store.ts";
import { createMediaPrefix, type MediaPrefix, mediaSecretSchema } from "./media-keys.ts";
import type { MediaStore } from "./media-store.ts";
import type { Download } from "./public-download.ts";

/** Where the media of one brand is hosted. */
export interface BrandMedia {
  store: MediaStore;
  prefix: MediaPrefix;
}

type MediaEnvironment = Record<
  "MARKET" | "MEDIA_BUCKET" | "MEDIA_URL" | keyof typeof platformVariables,
  string
>;

/**
 * What both consumers need to host media; they differ in where it comes from. Most messages have none, so the
 * client of S3 and what downloads are loaded when a message needs them.
 */
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
  const store = createLazyMediaStore(async () => {
    const { openMediaStore } = await import("./s3-media-store.ts");
    return openMediaStore(MEDIA_CLIENT, environment.MEDIA_BUCKET, url);
  }, url);
  return {
    mediaOf: (brand) => ({
      store,
      prefix: createMediaPrefix(brand, async () => (await secret.get()).keySecret),
    }),
    download: lazily(async () => {
      const { createPublicDownload } = await import("./public-download.ts");
      return createPublicDownload({ trustedOrigins });
    }),
    trustedOrigins,
  };
}
