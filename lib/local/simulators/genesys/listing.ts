import * as z from "zod";
import { parseGenesysBody } from "./refusal.ts";

const pageQuery = z.object({
  pageSize: z.coerce.number().int().min(1).default(25),
  pageNumber: z.coerce.number().int().min(1).default(1),
});

/**
 * The page of a list that a request's query asks for, in the form that all lists of the Platform API have.
 * @throws {GenesysRefusal} 400
 */
export function listing(all: readonly object[], path: string, query: URLSearchParams) {
  const { pageSize, pageNumber } = parseGenesysBody(pageQuery, Object.fromEntries(query));
  const pageCount = Math.max(1, Math.ceil(all.length / pageSize));
  const uri = (page: number) => `${path}?pageSize=${pageSize}&pageNumber=${page}`;
  return {
    entities: all.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
    pageSize,
    pageNumber,
    total: all.length,
    pageCount,
    firstUri: uri(1),
    lastUri: uri(pageCount),
    selfUri: uri(pageNumber),
    ...(pageNumber < pageCount && { nextUri: uri(pageNumber + 1) }),
    ...(pageNumber > 1 && { previousUri: uri(pageNumber - 1) }),
  };
}
