import * as z from "zod";
import type { Request } from "../formats/stand-ins.ts";

const key = z.object({ pk: z.object({ S: z.string() }) });
const single = z.object({ Key: key.optional(), Item: key.optional() });
const batch = z.object({
  RequestItems: z.record(z.string(), z.object({ Keys: z.array(key) })),
});

const SERVICES: Record<string, string> = {
  AmazonSQS: "SQS",
  DynamoDB_20120810: "DynamoDB",
  secretsmanager: "Secrets Manager",
};

/**
 * A call to AWS as the table names it, DynamoDB's by the kinds of its keys; undefined for another request, and for
 * one that is made again.
 */
export function purposeOf({ method, path, headers, body }: Request): string | undefined {
  if (/attempt=[2-9]/.test(String(headers["amz-sdk-request"]))) return undefined;
  const [name = "", operation = ""] = String(headers["x-amz-target"] ?? "").split(".");
  const service = SERVICES[name];
  if (service === undefined) {
    return headers["x-amz-date"] === undefined ? undefined : `S3 ${s3Operation(method, path)}`;
  }
  if (service !== "DynamoDB") return `${service} ${operation}`;
  const kinds = new Set(keysIn(JSON.parse(body)).map((pk) => pk.split("#", 1)[0]));
  return `${service} ${operation} ${[...kinds].sort().join(" + ")}`;
}

function s3Operation(method: string, path: string): string {
  return path.includes("prefix=") ? "LIST" : method;
}

function keysIn(input: unknown): string[] {
  const many = batch.safeParse(input);
  if (many.success) {
    return Object.values(many.data.RequestItems).flatMap(({ Keys }) => Keys.map(({ pk }) => pk.S));
  }
  const { Key, Item } = single.parse(input);
  return [Key, Item].flatMap((each) => each?.pk.S ?? []);
}
