import type * as z from "zod";
import { createRotatingSecret, type ReadSecret, type RotatingSecret } from "./rotating-secret.ts";

/** One rotating secret per brand, so that a fault in one brand's secret leaves the others alone. */
export type BrandSecrets<T> = ReadonlyMap<string, RotatingSecret<T>>;

export function createBrandSecrets<T>(
  brands: readonly string[],
  secretName: (brand: string) => string,
  schema: z.ZodType<T>,
  readSecret: ReadSecret,
  now: () => number,
): BrandSecrets<T> {
  return new Map(
    brands.map((brand) => [
      brand,
      createRotatingSecret(secretName(brand), schema, readSecret, now),
    ]),
  );
}
