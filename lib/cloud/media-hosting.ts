import { CfnResource, Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HeadersReferrerPolicy,
  HttpVersion,
  PriceClass,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { mediaSecretName } from "../../lambdas/shared/contract/secret-names.ts";
import type { NamedMarket } from "../markets.ts";
import type { BridgeFunction } from "./bridge-function.ts";

/** How long CloudFront answers from its cache, and so how long deleted media can still be fetched. */
const MAX_CACHE = Duration.seconds(60);

/**
 * Media of conversations: a private bucket, served by CloudFront to everyone who knows an object's
 * key. LINE phones and Genesys Cloud fetch without credentials, and phones only when the chat is
 * opened, so links that expire soon would break both; unguessable keys protect what is hosted.
 */
export class MediaHosting extends Construct {
  readonly bucket: Bucket;
  /** Where the bucket is served; an object's key follows behind a slash. */
  readonly url: string;
  readonly distribution: Distribution;
  readonly #keySecret: Secret;

  constructor(scope: Construct, id: string, market: NamedMarket) {
    super(scope, id);
    this.bucket = this.#createBucket(market.mediaRetentionDays);
    this.distribution = this.#createDistribution(market);
    this.url = `https://${this.distribution.distributionDomainName}`;
    this.#keySecret = this.#createKeySecret(market.name);
  }

  /** Lets the function store media of messages, and find what it has stored before. */
  allowStore(fn: BridgeFunction): void {
    this.allowObjects(fn);
    fn.allow(["secretsmanager:GetSecretValue"], [this.#keySecret.secretArn]);
  }

  /** Lets the function store and find media under keys that it is told. */
  allowObjects(fn: BridgeFunction): void {
    this.#allowObjects(fn, ["s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload"]);
    // Without it S3 answers 403 for a missing key, as for a missing permission, and not 404.
    fn.allow(["s3:ListBucket"], [this.bucket.bucketArn]);
  }

  /** Lets the function delete media. To find media by its prefix it needs allowObjects, too. */
  allowDelete(fn: BridgeFunction): void {
    this.#allowObjects(fn, ["s3:DeleteObject"]);
  }

  #allowObjects(fn: BridgeFunction, actions: string[]): void {
    fn.allow(actions, [this.bucket.arnForObjects("*")]);
    const bucket = this.bucket.node.defaultChild;
    if (!CfnResource.isCfnResource(bucket)) return;
    Validations.of(fn).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${Stack.of(this).getLogicalId(bucket)}.Arn>/*]`,
      reason:
        "Keys are derived from messages that nobody has written yet, so they cannot be listed; and the bucket holds nothing else.",
    });
  }

  #createBucket(retentionDays: number): Bucket {
    const bucket = new Bucket(this, "Bucket", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      // No versions: media that a customer unsends or asks to forget must be gone at once.
      versioned: false,
      lifecycleRules: [
        {
          expiration: Duration.days(retentionDays),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      // Media of running conversations must survive a deployment that replaces or drops the bucket
      // by mistake. A bucket that stays behind is not served, and the rule above empties it.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    Validations.of(bucket).acknowledge({
      id: "AwsSolutions-S1",
      reason:
        "Access logs would hold keys of objects, and whoever knows a key can fetch the object. Only CloudFront and three functions of this stack can reach the bucket.",
    });
    return bucket;
  }

  #createDistribution(market: NamedMarket): Distribution {
    // These are an account's and not a region's: CDK gives them no region, and a market can be in two of them.
    const name = `${market.name}-${market.awsRegion}`;
    const distribution = new Distribution(this, "Distribution", {
      comment: `Media of conversations, ${market.name}`,
      defaultBehavior: {
        // Reading only, not listing: for S3 a missing key is then the same 403 as a forbidden one.
        // The cast: IBucket's `isWebsite?: boolean` does not admit the undefined of Bucket's.
        origin: S3BucketOrigin.withOriginAccessControl(this.bucket as IBucket, {
          originAccessControl: new S3OriginAccessControl(this, "Access", {
            originAccessControlName: name,
          }),
        }),
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        // Both sides get exactly the bytes that were stored.
        compress: false,
        cachePolicy: new CachePolicy(this, "Cache", {
          comment: `Short, so that deleting media takes effect, ${market.name}`,
          minTtl: Duration.seconds(0),
          defaultTtl: MAX_CACHE,
          maxTtl: MAX_CACHE,
        }),
        responseHeadersPolicy: new ResponseHeadersPolicy(this, "Headers", {
          responseHeadersPolicyName: `LineGenesysBridge-${name}`,
          comment: `Files of strangers run no code, ${market.name}`,
          securityHeadersBehavior: {
            contentTypeOptions: { override: true },
            contentSecurityPolicy: {
              contentSecurityPolicy: "sandbox; default-src 'none'",
              override: true,
            },
            // Whoever knows the address of media can fetch it.
            referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
            strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
          },
        }),
      },
      httpVersion: HttpVersion.HTTP2_AND_3,
      // North America, Europe, the Middle East and Asia.
      priceClass: PriceClass.PRICE_CLASS_200,
    });
    Validations.of(distribution).acknowledge(
      {
        id: "AwsSolutions-CFR1",
        reason:
          "Customers open their chats abroad too, and Genesys Cloud fetches from its own region.",
      },
      {
        id: "AwsSolutions-CFR2",
        reason:
          "There is no application to protect: only GET and HEAD of files in a bucket, under keys that cannot be guessed.",
      },
      {
        id: "AwsSolutions-CFR3",
        reason:
          "Access logs would hold the IP addresses of customers and the addresses of media, and whoever knows such an address can fetch the media.",
      },
      {
        id: "AwsSolutions-CFR4",
        reason:
          "A minimum TLS version needs a domain and a certificate of our own. With CloudFront's own domain the viewer chooses the version, and LINE, Genesys Cloud and all browsers choose TLS 1.2 or newer.",
      },
    );
    return distribution;
  }

  #createKeySecret(market: string): Secret {
    const secret = new Secret(this, "KeySecret", {
      secretName: mediaSecretName(market),
      generateSecretString: {
        secretStringTemplate: "{}",
        generateStringKey: "keySecret",
        passwordLength: 64,
        excludePunctuation: true,
      },
      // As with the brands' secrets: a retained name would make the next deployment fail.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(secret).acknowledge({
      id: "AwsSolutions-SMG4",
      reason:
        "The keys of media are derived from it: after a rotation a retry would store its media a second time, and deleting would no longer find what was stored before.",
    });
    return secret;
  }
}
