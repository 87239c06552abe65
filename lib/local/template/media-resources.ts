import * as z from "zod";
import { noEffect, oneOrMore } from "./template-resources.ts";

/**
 * Properties of the bucket and of what serves it, as strict as those of the other resources: a
 * property that the media server does not implement is an error.
 */

// No VersioningConfiguration: with versions, deleting would not remove the bytes.
export const bucketSchema = z.strictObject({
  BucketName: z.string().optional(),
  BucketEncryption: noEffect,
  // Nothing expires here: no run lasts for days.
  LifecycleConfiguration: noEffect,
  OwnershipControls: noEffect,
  PublicAccessBlockConfiguration: noEffect,
  Tags: noEffect,
});

export const bucketPolicySchema = z.strictObject({
  Bucket: z.string(),
  PolicyDocument: z.object({
    Statement: z.array(
      z.strictObject({
        Sid: noEffect,
        Effect: z.enum(["Allow", "Deny"]),
        Principal: z.object({ Service: oneOrMore.optional() }),
        Action: oneOrMore,
        Resource: oneOrMore,
        Condition: noEffect,
      }),
    ),
  }),
});

export const distributionSchema = z.strictObject({
  DistributionConfig: z.strictObject({
    Enabled: z.literal(true),
    Origins: z.tuple([
      z.strictObject({
        Id: z.string(),
        DomainName: z.string(),
        OriginAccessControlId: z.string(),
        S3OriginConfig: noEffect,
      }),
    ]),
    DefaultCacheBehavior: z.strictObject({
      AllowedMethods: z.tuple([z.literal("GET"), z.literal("HEAD")]),
      CachePolicyId: z.string(),
      ResponseHeadersPolicyId: z.string().optional(),
      TargetOriginId: z.string(),
      Compress: z.literal(false),
      // The stand-in uses plain HTTP, as all parts of the run do.
      ViewerProtocolPolicy: noEffect,
    }),
    Comment: noEffect,
    HttpVersion: noEffect,
    IPV6Enabled: noEffect,
    PriceClass: noEffect,
  }),
  Tags: noEffect,
});

export const originAccessControlSchema = z.strictObject({
  OriginAccessControlConfig: z.strictObject({
    Name: z.string(),
    OriginAccessControlOriginType: z.literal("s3"),
    SigningBehavior: z.literal("always"),
    SigningProtocol: z.literal("sigv4"),
    Description: noEffect,
  }),
});

export const cachePolicySchema = z.strictObject({
  CachePolicyConfig: z.strictObject({
    Name: z.string(),
    Comment: noEffect,
    // CloudFront may keep an answer for this long, but need not: the stand-in asks the bucket each time.
    MinTTL: z.literal(0),
    DefaultTTL: noEffect,
    MaxTTL: noEffect,
    ParametersInCacheKeyAndForwardedToOrigin: z.strictObject({
      CookiesConfig: noEffect,
      EnableAcceptEncodingBrotli: noEffect,
      EnableAcceptEncodingGzip: noEffect,
      HeadersConfig: noEffect,
      QueryStringsConfig: z.strictObject({ QueryStringBehavior: z.literal("none") }),
    }),
  }),
});

const Override = z.boolean();

export const responseHeadersPolicySchema = z.strictObject({
  ResponseHeadersPolicyConfig: z.strictObject({
    Name: z.string(),
    Comment: noEffect,
    SecurityHeadersConfig: z.strictObject({
      ContentSecurityPolicy: z
        .strictObject({ ContentSecurityPolicy: z.string(), Override })
        .optional(),
      ContentTypeOptions: z.strictObject({ Override }).optional(),
      ReferrerPolicy: z.strictObject({ ReferrerPolicy: z.string(), Override }).optional(),
      StrictTransportSecurity: z
        .strictObject({ AccessControlMaxAgeSec: z.int(), Override })
        .optional(),
    }),
  }),
});

export type SecurityHeaders = z.infer<
  typeof responseHeadersPolicySchema
>["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"];
