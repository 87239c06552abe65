import { RegionInfo } from "aws-cdk-lib/region-info";
import { AWS_REGIONS, mayBeRegion } from "../../lib/aws-regions.ts";

describe("AWS's regions", () => {
  it("are those that aws-cdk-lib knows", () => {
    expect(AWS_REGIONS).toEqual(RegionInfo.regions.map(({ name }) => name));
  });

  it.each(["ap-southeast-1", "eusc-de-east-1", "us-gov-west-1", "ap-southeast-8", "sa-west-1"])(
    "%s is one, or may be one by now",
    (name) => {
      expect(mayBeRegion(name)).toBe(true);
    },
  );

  it.each(["ap-notheast-1", "ap-southeast-99", "ap-southeast", "Singapore", "apsoutheast-1", ""])(
    "%j cannot be one",
    (name) => {
      expect(mayBeRegion(name)).toBe(false);
    },
  );
});
