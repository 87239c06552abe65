import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { AWS_CLIENT } from "../../shared/function/aws-clients.ts";
import type { InvokeImages } from "../media/order-image.ts";

/**
 * Invokes the function that converts images, without waiting for it. Throws when Lambda cannot be reached or refuses.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function createInvokeImages(functionName: string): InvokeImages {
  const lambda = new LambdaClient(AWS_CLIENT);
  return async (order) => {
    const Payload = JSON.stringify(order);
    await lambda.send(
      new InvokeCommand({ FunctionName: functionName, InvocationType: "Event", Payload }),
    );
  };
}
