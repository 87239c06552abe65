import * as z from "zod";
import type { CallGenesys } from "./genesys-api.ts";
import { parseAnswer } from "./parse-answer.ts";
import type { Permission } from "./permissions.ts";
import { refusedBy } from "./refusal.ts";

const PAGE_SIZE = 100;

/**
 * All entities of a list of the Platform API, page by page. `path` may have a query. Throws MissingPermission and
 * OperatorError when Genesys Cloud refuses, and the errors of CallGenesys.
 */
export async function listAll<Entity extends z.ZodType>(
  call: CallGenesys,
  path: string,
  entity: Entity,
  refusal: { doing: string; needed: readonly Permission[] },
): Promise<z.output<Entity>[]> {
  const listing = z.object({
    entities: z.array(entity).nullish(),
    pageCount: z.number().nullish(),
  });
  const found: z.output<Entity>[] = [];
  const start = `${path}${path.includes("?") ? "&" : "?"}pageSize=${PAGE_SIZE}&pageNumber=`;
  for (let number = 1; ; number += 1) {
    const answer = await call("GET", `${start}${number}`);
    if (answer.status !== 200) throw refusedBy(refusal.doing, refusal.needed, answer);
    const { entities, pageCount } = parseAnswer("Genesys Cloud", listing, answer.body);
    found.push(...(entities ?? []));
    const isLast = pageCount == null ? (entities ?? []).length < PAGE_SIZE : number >= pageCount;
    if (isLast) return found;
  }
}
