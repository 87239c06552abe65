import { AWS_REGIONS } from "../aws-regions.ts";
import { didYouMean } from "../did-you-mean.ts";
import { ALLOWED_AT_ONCE, functionsAtOnce } from "../lambda-concurrency.ts";
import type { Markets } from "../markets.ts";

const LIST = new Intl.ListFormat("en", { type: "conjunction" });

/**
 * What is no mistake, and still should be known before a deployment: a sentence for each subject and not for each
 * market, so that it is read.
 */
export function notices(markets: Markets): string[] {
  return [
    ...unknownRegions(markets),
    ...untold(markets),
    ...utcHours(markets),
    ...concurrency(markets),
  ];
}

function unknownRegions(markets: Markets): string[] {
  return Object.entries(markets)
    .filter(([, { awsRegion }]) => !AWS_REGIONS.includes(awsRegion))
    .map(
      ([name, { awsRegion }]) =>
        `markets.${name}.awsRegion: this version does not know "${awsRegion}"; ${didYouMean(awsRegion, AWS_REGIONS)}go on if AWS has opened it since.`,
    );
}

function untold(markets: Markets): string[] {
  const names = Object.keys(markets).filter((name) => markets[name]?.alarmEmail === null);
  if (names.length === 0) return [];
  return [
    `alarmEmail is not set: nobody is told of alarms in ${LIST.format(names)}. Set it for each market in cdk.json.`,
  ];
}

function utcHours(markets: Markets): string[] {
  const brands = Object.values(markets)
    .filter(({ timeZone }) => timeZone === "UTC")
    .flatMap(({ brands }) => Object.entries(brands))
    .flatMap(([key, { quietHours }]) => (quietHours === null ? [] : key));
  if (brands.length === 0) return [];
  return [
    `quietHours of ${LIST.format(brands)} go by the clock of UTC. Set the market's timeZone in cdk.json, to Asia/Bangkok for example.`,
  ];
}

function concurrency(markets: Markets): string[] {
  const { newAccount } = ALLOWED_AT_ONCE;
  const tooMany = Object.entries(markets)
    .map(([name, market]) => ({ name, atOnce: functionsAtOnce(market) }))
    .filter(({ atOnce }) => atOnce > newAccount)
    .map(({ name, atOnce }) => `${atOnce} in ${name}`);
  if (tooMany.length === 0) return [];
  return [
    `Lambda concurrency: at most ${LIST.format(tooMany)}; a new AWS account has ${newAccount} in a region, see lib/operator/README.md#3-aws-the-stack`,
  ];
}
