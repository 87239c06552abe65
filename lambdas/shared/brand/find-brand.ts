import type { BrandSettings } from "../contract/brand-settings.ts";
import { PermanentFailure } from "../failures/failures.ts";

/** Reason of the PermanentFailure for a brand that is not configured. */
export const UNKNOWN_BRAND = "UnknownBrand";

/** The brand with this key. Throws PermanentFailure for one that is not configured, such as one that was removed. */
export type FindBrand<Found> = (key: string) => Found;

/** Assembles every configured brand once; brands live as long as the process. */
export function createFindBrand<Found>(
  settings: ReadonlyMap<string, BrandSettings>,
  assemble: (key: string, settings: BrandSettings) => Found,
): FindBrand<Found> {
  const brands = new Map([...settings].map(([key, each]) => [key, assemble(key, each)]));
  return (key) => {
    const brand = brands.get(key);
    if (brand === undefined) {
      throw new PermanentFailure(UNKNOWN_BRAND, `The brand ${key} is not configured.`);
    }
    return brand;
  };
}
