import * as z from "zod";
import { ACCOUNT_ID } from "../../template/stack-definition.ts";
import { jsonResponse, operationOf, parseJson } from "../aws-json.ts";
import type { ServiceAccess } from "./service-access.ts";

/**
 * Operations on tables. Each needs the action of the same name.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
const OPERATIONS = new Set([
  "GetItem",
  "BatchGetItem",
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "Query",
  "Scan",
]);

const tableRequest = z.object({ TableName: z.string(), IndexName: z.string().optional() });

/** Names its tables as the keys of an object. */
const batchRequest = z.object({ RequestItems: z.record(z.string(), z.unknown()) });

export const dynamodbAccess: ServiceAccess = {
  name: "dynamodb",

  read({ headers, body }, region) {
    const operation = operationOf(headers);
    const tables = OPERATIONS.has(operation) ? tablesOf(parseJson(body)) : undefined;
    const needs = tables?.map((table) => ({
      action: `dynamodb:${operation}`,
      resource: `arn:aws:dynamodb:${region}:${ACCOUNT_ID}:table/${table}`,
    }));
    return { operation, needs };
  },

  /** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
  refuse(_call, denied, explain) {
    const __type = "com.amazon.coral.service#AccessDeniedException";
    return jsonResponse(400, { __type, Message: explain(denied) }, "1.0");
  },
};

/** The tables of a request, each with its index where it names one; undefined where it names no table. */
function tablesOf(request: unknown): string[] | undefined {
  const batch = batchRequest.safeParse(request);
  if (batch.success) return Object.keys(batch.data.RequestItems);
  const { data } = tableRequest.safeParse(request);
  if (data === undefined) return undefined;
  return [
    data.IndexName === undefined ? data.TableName : `${data.TableName}/index/${data.IndexName}`,
  ];
}
