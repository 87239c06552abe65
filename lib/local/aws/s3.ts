import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import type { HttpServer } from "../http-server.ts";
import type { BucketDefinition } from "../template/media-definition.ts";
import { type AwsGate, openGate } from "./access/aws-gate.ts";
import { s3Access } from "./access/s3-access.ts";
import { startAwsProxy } from "./aws-proxy.ts";

/** Starts the server that the functions use as S3, in front of fauxqs. */
export function startS3(fauxqsUrl: string, gate: AwsGate = openGate): Promise<HttpServer> {
  return startAwsProxy(fauxqsUrl, (request, forward) =>
    gate(s3Access, request, () => forward(request)),
  );
}

/** Creates the template's buckets. Rejects when S3 would refuse a name. */
export async function createBuckets(
  s3Url: string,
  region: string,
  buckets: BucketDefinition[],
): Promise<void> {
  const client = new S3Client({
    region,
    endpoint: s3Url,
    credentials: { accessKeyId: "LOCAL-deployment", secretAccessKey: "local" },
  });
  try {
    for (const { name } of buckets) await client.send(new CreateBucketCommand({ Bucket: name }));
  } finally {
    client.destroy();
  }
}
