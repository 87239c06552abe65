import type * as z from "zod";
import type { ResourceAttributes } from "./intrinsics.ts";
import {
  bucketPolicySchema,
  cachePolicySchema,
  distributionSchema,
  originAccessControlSchema,
  responseHeadersPolicySchema,
  type SecurityHeaders,
} from "./media-resources.ts";
import type { TemplateResource } from "./template.ts";
import { found, parsePart, TemplateError } from "./template-error.ts";

export interface BucketDefinition {
  logicalId: string;
  name: string;
}

/** A header of every answer; without `override` the object's own header comes first. */
interface ServedHeader {
  name: string;
  value: string;
  override: boolean;
}

/** What the template's CloudFront distribution serves. */
export interface MediaDefinition {
  bucketName: string;
  headers: ServedHeader[];
}

/**
 * Reads the template's AWS::CloudFront::Distribution and what it refers to; undefined when there is
 * none. `properties` gives the resolved properties of a resource. Throws TemplateError, also where
 * AWS would accept the deployment but CloudFront would answer 403 to everything.
 */
export function defineMedia(
  resources: TemplateResource[],
  known: ReadonlyMap<string, ResourceAttributes>,
  properties: (resource: TemplateResource) => unknown,
): MediaDefinition | undefined {
  const [distribution, second] = ofType(resources, "AWS::CloudFront::Distribution");
  if (distribution === undefined) return undefined;
  const { logicalId } = distribution;
  if (second !== undefined) throw new TemplateError(second.logicalId, "is a second distribution");

  const { DistributionConfig } = parsePart(logicalId, distributionSchema, properties(distribution));
  const {
    DefaultCacheBehavior: behavior,
    Origins: [origin],
  } = DistributionConfig;
  if (behavior.TargetOriginId !== origin.Id) {
    throw new TemplateError(logicalId, `has no origin ${behavior.TargetOriginId}`);
  }
  const referred = <Schema extends z.ZodType>(type: string, id: string, schema: Schema) => {
    const resource = found(
      ofType(resources, type).find((candidate) => known.get(candidate.logicalId)?.ref === id),
      logicalId,
      `${id} is no ${type} of this template`,
    );
    return parsePart(resource.logicalId, schema, properties(resource));
  };
  referred(
    "AWS::CloudFront::OriginAccessControl",
    origin.OriginAccessControlId,
    originAccessControlSchema,
  );
  referred("AWS::CloudFront::CachePolicy", behavior.CachePolicyId, cachePolicySchema);

  const bucket = found(
    ofType(resources, "AWS::S3::Bucket")
      .map((resource) => known.get(resource.logicalId))
      .find((candidate) => candidate?.attributes.RegionalDomainName === origin.DomainName),
    logicalId,
    `${origin.DomainName} is no bucket of this template`,
  );
  const policies = ofType(resources, "AWS::S3::BucketPolicy").map((resource) =>
    parsePart(resource.logicalId, bucketPolicySchema, properties(resource)),
  );
  const isReadable = policies
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .some(
      ({ Effect, Principal, Action, Resource }) =>
        Effect === "Allow" &&
        Principal.Service?.includes("cloudfront.amazonaws.com") &&
        Action.includes("s3:GetObject") &&
        Resource.includes(`${bucket.attributes.Arn}/*`),
    );
  if (!isReadable) {
    throw new TemplateError(logicalId, `no bucket policy lets CloudFront read ${bucket.ref}`);
  }
  const { ResponseHeadersPolicyId } = behavior;
  return {
    bucketName: bucket.ref,
    headers:
      ResponseHeadersPolicyId === undefined
        ? []
        : servedHeaders(
            referred(
              "AWS::CloudFront::ResponseHeadersPolicy",
              ResponseHeadersPolicyId,
              responseHeadersPolicySchema,
            ).ResponseHeadersPolicyConfig.SecurityHeadersConfig,
          ),
  };
}

function ofType(resources: TemplateResource[], type: string): TemplateResource[] {
  return resources.filter((resource) => resource.type === type);
}

function servedHeaders({
  ContentSecurityPolicy: policy,
  ContentTypeOptions: options,
  ReferrerPolicy: referrer,
  StrictTransportSecurity: transport,
}: SecurityHeaders): ServedHeader[] {
  const header = (
    name: string,
    value: string | undefined,
    from: { Override: boolean } | undefined,
  ) =>
    from === undefined || value === undefined ? [] : [{ name, value, override: from.Override }];
  return [
    ...header("content-security-policy", policy?.ContentSecurityPolicy, policy),
    ...header("x-content-type-options", "nosniff", options),
    ...header("referrer-policy", referrer?.ReferrerPolicy, referrer),
    ...header(
      "strict-transport-security",
      `max-age=${transport?.AccessControlMaxAgeSec}`,
      transport,
    ),
  ];
}
