import * as z from "zod";
import { ACCOUNT_ID } from "../../template/stack-definition.ts";
import { jsonResponse, operationOf, parseJson } from "../aws-json.ts";
import type { ServiceAccess } from "./service-access.ts";

/**
 * Operations on one table. Each needs the action of the same name.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
const OPERATIONS = new Set(["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan"]);

const tableRequest = z.object({ TableName: z.string(), IndexName: z.string().optional() });

export const dynamodbAccess: ServiceAccess = {
  name: "dynamodb",

  read({ headers, body }, region) {
    const operation = operationOf(headers);
    const table = tableRequest.safeParse(parseJson(body));
    if (!OPERATIONS.has(operation) || !table.success) return { operation, needs: undefined };
    const { TableName, IndexName } = table.data;
    const index = IndexName === undefined ? "" : `/index/${IndexName}`;
    const resource = `arn:aws:dynamodb:${region}:${ACCOUNT_ID}:table/${TableName}${index}`;
    return { operation, needs: [{ action: `dynamodb:${operation}`, resource }] };
  },

  /** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
  refuse(_call, denied, explain) {
    const __type = "com.amazon.coral.service#AccessDeniedException";
    return jsonResponse(400, { __type, Message: explain(denied) }, "1.0");
  },
};
