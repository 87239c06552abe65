import * as z from "zod";
import { jsonResponse, operationOf, parseJson } from "../aws-json.ts";
import type { ServiceAccess } from "./service-access.ts";

/**
 * Operations on one secret. Each needs the action of the same name.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
 */
const OPERATIONS = new Set([
  "GetSecretValue",
  "DescribeSecret",
  "PutSecretValue",
  "UpdateSecret",
  "UpdateSecretVersionStage",
]);

const secretRequest = z.object({ SecretId: z.string() });

/** `arnOf` finds a secret by its name or ARN. */
export function secretsAccess(arnOf: (secretId: string) => string | undefined): ServiceAccess {
  return {
    name: "secretsmanager",

    read({ headers, body }) {
      const operation = operationOf(headers);
      const secret = secretRequest.safeParse(parseJson(body));
      if (!OPERATIONS.has(operation) || !secret.success) return { operation, needs: undefined };
      const asked = secret.data.SecretId;
      const resource = arnOf(asked) ?? asked;
      return { operation, needs: [{ action: `secretsmanager:${operation}`, resource, asked }] };
    },

    /** https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html */
    refuse(_call, denied, explain) {
      const Message = explain({ ...denied, resource: denied.asked ?? denied.resource });
      return jsonResponse(400, { __type: "AccessDeniedException", Message }, "1.1");
    },
  };
}
