import * as z from "zod";

/** More than the LINE messages of one Genesys message can show. It limits the work on hostile content. */
export const MAX_ITEMS = 4_000;

/** A text; empty if it is missing or something else. */
export const text = z.string().catch("");

/** A number; undefined if it is missing or something else. */
export const number = z.number().optional().catch(undefined);

/** The items that can be read; the others are left out. */
export function list<Output>(item: z.ZodType<Output>) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((items) =>
      items.slice(0, MAX_ITEMS).flatMap((value) => {
        const parsed = item.safeParse(value);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}
