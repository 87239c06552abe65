/** The regions that aws-cdk-lib 2.276.0 knows, whose own list takes half a second to load. */
export const AWS_REGIONS: readonly string[] = [
  ...["af-south-1", "ap-east-1", "ap-east-2"],
  ...["ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2"],
  ...["ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4"],
  ...["ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1"],
  ...["cn-north-1", "cn-northwest-1", "eu-central-1", "eu-central-2", "eu-isoe-west-1"],
  ...["eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3"],
  ...["eusc-de-east-1", "il-central-1", "me-central-1", "me-south-1", "me-west-1"],
  ...["mx-central-1", "sa-east-1", "us-east-1", "us-east-2", "us-gov-east-1", "us-gov-west-1"],
  ...["us-iso-east-1", "us-iso-west-1", "us-isob-east-1", "us-isob-west-1", "us-isof-east-1"],
  ...["us-isof-south-1", "us-west-1", "us-west-2"],
];

const FORM =
  /^[a-z]{2,4}(-gov|-iso[a-z]?)?-(central|north|south|east|west|northeast|northwest|southeast|southwest)-\d$/;

/**
 * Whether AWS has this region, or might have it by now: a name of the usual words is not refused, because AWS opens
 * regions that this list does not know yet.
 */
export function mayBeRegion(name: string): boolean {
  return AWS_REGIONS.includes(name) || FORM.test(name);
}

/** Parts of AWS with accounts, domains and services of their own. */
const APART = /^cn-|-gov-|-iso/;

/**
 * Whether the bridge can run there: media is served by CloudFront, which AWS has neither in GovCloud nor in its
 * isolated regions, and in China only with a domain that is registered there.
 * https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/setting-up-cloudfront.html
 * https://docs.amazonaws.cn/en_us/aws/latest/userguide/cloudfront.html
 */
export function hasCloudFront(region: string): boolean {
  return !APART.test(region);
}
