import { notices } from "../../../lib/cloud/notices.ts";
import { parseMarkets } from "../../../lib/markets.ts";

function market(changes: object = {}) {
  return {
    awsRegion: "ap-southeast-1",
    genesysRegion: "ap-southeast-1",
    alarmEmail: "operations@example.com",
    lineWebhooksPerSecond: 1,
    genesysWebhooksPerSecond: 1,
    brands: {},
    ...changes,
  };
}

const brands = (...keys: string[]) => ({
  brands: Object.fromEntries(keys.map((key) => [key, { brand: key }])),
});

const noticesOf = (markets: object) => notices(parseMarkets(markets));

describe("what is said before a deployment", () => {
  it("is nothing where all is set and a new AWS account is enough", () => {
    // Two queues with 4 batches, a webhook and the hourly check.
    expect(noticesOf({ Thailand: market(brands("a")) })).toEqual([]);
  });

  it("is in one line that nobody is told of the alarms of some markets", () => {
    const [fault, ...others] = noticesOf({
      Thailand: market({ ...brands("a"), alarmEmail: null }),
      Taiwan: market(brands("b")),
      Japan: market({ ...brands("c"), alarmEmail: undefined }),
    });
    expect(fault).toBe(
      "alarmEmail is not set: nobody is told of alarms in Thailand and Japan. Set it for each market in cdk.json.",
    );
    expect(others).toEqual([]);
  });

  it("is in one line that markets can use more than a new account's concurrency", () => {
    expect(
      noticesOf({
        Thailand: market(brands("a", "b")),
        Taiwan: market(brands("c")),
        Japan: market({ ...brands("d"), requestsPerMinute: 750, lineWebhooksPerSecond: 100 }),
        Laos: market({ ...brands("e"), genesysWebhooksPerSecond: 10 }),
      }),
    ).toEqual([
      "Lambda concurrency: at most 18 in Thailand, 32 in Japan, and 11 in Laos; a new AWS account has 10 in a region, see lib/operator/README.md#3-aws-the-stack",
    ]);
  });

  it("is that quiet hours go by the clock of UTC, of those brands that have any", () => {
    const quietHours = { from: "22:00", to: "08:00" };
    expect(
      noticesOf({
        Thailand: market({ brands: { a: { brand: "a", quietHours } } }),
        Laos: market({ brands: { b: { brand: "b" } } }),
        Taiwan: market({ timeZone: "Asia/Taipei", brands: { c: { brand: "c", quietHours } } }),
      }),
    ).toEqual([
      "quietHours of a go by the clock of UTC. Set the market's timeZone in cdk.json, to Asia/Bangkok for example.",
    ]);
  });

  it("is a region that this version does not know, with the one that may be meant", () => {
    expect(
      noticesOf({
        Thailand: market({ ...brands("a"), awsRegion: "ap-southeast-9" }),
        Chile: market({ ...brands("b"), awsRegion: "xx-west-1" }),
      }),
    ).toEqual([
      'markets.Thailand.awsRegion: this version does not know "ap-southeast-9"; did you mean ap-southeast-1? go on if AWS has opened it since.',
      'markets.Chile.awsRegion: this version does not know "xx-west-1"; did you mean ca-west-1? go on if AWS has opened it since.',
    ]);
  });
});
