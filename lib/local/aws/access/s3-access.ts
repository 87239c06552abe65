import type { AwsRequest, AwsResponse } from "../aws-server.ts";
import type { AwsCall, ServiceAccess } from "./service-access.ts";
import { escapeXml, unescapeXml } from "./xml-text.ts";

/**
 * Operations and their actions, by HTTP method, kind of resource (object or bucket) and the parameters
 * that tell operations apart.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
const OPERATIONS = new Map<string, readonly [operation: string, action: string]>([
  ["PUT object", ["PutObject", "s3:PutObject"]],
  ["POST object uploads", ["CreateMultipartUpload", "s3:PutObject"]],
  ["PUT object partNumber uploadId", ["UploadPart", "s3:PutObject"]],
  ["POST object uploadId", ["CompleteMultipartUpload", "s3:PutObject"]],
  ["DELETE object uploadId", ["AbortMultipartUpload", "s3:AbortMultipartUpload"]],
  ["GET object", ["GetObject", "s3:GetObject"]],
  ["HEAD object", ["HeadObject", "s3:GetObject"]],
  ["DELETE object", ["DeleteObject", "s3:DeleteObject"]],
  ["HEAD bucket", ["HeadBucket", "s3:ListBucket"]],
  ["GET bucket list-type", ["ListObjectsV2", "s3:ListBucket"]],
  ["POST bucket delete", ["DeleteObjects", "s3:DeleteObject"]],
]);

/** Parameters that change the answer, not the operation. */
const DETAILS =
  /^(x-id|prefix|delimiter|max-keys|start-after|continuation-token|encoding-type|fetch-owner|response-.+|x-amz-(algorithm|credential|date|expires|signature|signedheaders|content-sha256))$/i;

/** Headers that need more than the operation's own action. */
const FURTHER_RIGHTS = /^x-amz-(acl|copy-source|grant-|object-lock-|tagging)/;

export const s3Access: ServiceAccess = {
  name: "s3",

  read(request) {
    const [path = "", query] = request.path.split("?");
    const [, bucket = "", key = ""] = /^\/([^/]*)\/?(.*)$/s.exec(decode(path)) ?? [];
    const parameters = [...new URLSearchParams(query).keys()].filter((name) => !DETAILS.test(name));
    const kind = [request.method, key === "" ? "bucket" : "object", ...parameters.sort()].join(" ");
    const [operation, action] = OPERATIONS.get(kind) ?? [];
    const isMore = Object.keys(request.headers).some((name) => FURTHER_RIGHTS.test(name));
    if (operation === undefined || action === undefined || bucket === "" || isMore) {
      return { operation: operation ?? kind, needs: undefined };
    }
    const bucketArn = `arn:aws:s3:::${bucket}`;
    if (operation === "DeleteObjects") {
      const needs = keysIn(request).map((each) => ({ action, resource: `${bucketArn}/${each}` }));
      return { operation, needs };
    }
    const call = {
      operation,
      needs: [{ action, resource: key === "" ? bucketArn : `${bucketArn}/${key}` }],
    };
    if (action !== "s3:GetObject") return call;
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
    return { ...call, toSeeMissing: { action: "s3:ListBucket", resource: bucketArn } };
  },

  /** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
  refuse(call, denied, explain) {
    const errorAbout = ({ action, resource }: typeof denied) =>
      `<Code>AccessDenied</Code><Message>${escapeXml(explain({ action, resource: `"${resource}"` }))}</Message>`;
    return call.operation === "DeleteObjects"
      ? nothingDeleted(call, errorAbout)
      : xmlResponse(403, `<Error>${errorAbout(denied)}</Error>`);
  },
};

/**
 * The answer to DeleteObjects is 200 and names the keys that could not be deleted. S3 deletes the
 * others; here none is deleted, and none is reported as deleted.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
 */
function nothingDeleted(
  { needs = [] }: AwsCall,
  errorAbout: (denied: { action: string; resource: string }) => string,
): AwsResponse {
  const errors = needs.map((need) => {
    const key = need.resource.slice(need.resource.indexOf("/") + 1);
    return `<Error><Key>${escapeXml(key)}</Key>${errorAbout(need)}</Error>`;
  });
  const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";
  return xmlResponse(200, `<DeleteResult xmlns="${namespace}">${errors.join("")}</DeleteResult>`);
}

function keysIn({ body }: AwsRequest): string[] {
  return [...body.toString().matchAll(/<Key>(.*?)<\/Key>/gs)].map(([, key = ""]) =>
    unescapeXml(key),
  );
}

function xmlResponse(status: number, content: string): AwsResponse {
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${content}`),
  };
}

/** A path with a faulty encoding names nothing that a role could allow. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}
