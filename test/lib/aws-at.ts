import type { RunFile } from "../../lib/local/run-file.ts";

/** One server in the place of all of AWS's services. */
export const awsAt = (url: string): RunFile["aws"] => ({
  sqs: url,
  s3: url,
  dynamodb: url,
  secretsManager: url,
  cloudFormation: url,
  cloudWatch: url,
  lambda: url,
  sns: url,
});
