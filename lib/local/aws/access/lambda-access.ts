import type { AwsRequest } from "../aws-server.ts";
import type { ServiceAccess } from "./service-access.ts";

const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/;

/** The name or ARN of the function that a request invokes; undefined for any other request. */
export function invokedFunction({ method, path }: Pick<AwsRequest, "method" | "path">) {
  const [, asked] = INVOKE.exec(path.split("?")[0] ?? "") ?? [];
  return method === "POST" && asked !== undefined ? decodeURIComponent(asked) : undefined;
}

/**
 * Invoke needs an action of another name. `arnOf` finds a function by its name or ARN.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
export function lambdaAccess(arnOf: (asked: string) => string | undefined): ServiceAccess {
  return {
    name: "lambda",

    read(request) {
      const asked = invokedFunction(request);
      if (asked === undefined) return { operation: request.method, needs: undefined };
      const resource = arnOf(asked) ?? asked;
      return { operation: "Invoke", needs: [{ action: "lambda:InvokeFunction", resource }] };
    },

    refuse(_call, denied, explain) {
      return {
        status: 403,
        headers: {
          "content-type": "application/json",
          "x-amzn-errortype": "AccessDeniedException",
        },
        body: Buffer.from(JSON.stringify({ Message: explain(denied) })),
      };
    },
  };
}
