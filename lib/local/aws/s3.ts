import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import type { BucketDefinition } from "../template/media-definition.ts";

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
