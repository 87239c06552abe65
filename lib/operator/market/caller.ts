import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Target } from "./target.ts";

/**
 * Who runs the command: the ARN as which AWS knows them, `unknown` where AWS does not say, `local` for a bridge on
 * this machine.
 */
export async function callerOf({ local, aws }: Target): Promise<string> {
  if (local !== undefined) return "local";
  try {
    const { Arn = "unknown" } = await aws.sts.send(new GetCallerIdentityCommand({}));
    return Arn;
  } catch {
    // A network may let nobody ask; that must not keep a letter.
    return "unknown";
  }
}
