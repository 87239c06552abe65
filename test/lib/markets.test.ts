import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { AWS_REGIONS } from "../../lib/aws-regions.ts";
import { marketsSchema } from "../../lib/market-schema.ts";
import { brandSettings, outputPrefix, parseMarkets, readMarkets } from "../../lib/markets.ts";
import { MarketsError } from "../../lib/markets-error.ts";
import { loadMarkets } from "../../lib/markets-file.ts";
import { MANY_ATTRIBUTES } from "../many-attributes.ts";

const MARKET = {
  awsRegion: "ap-southeast-1",
  genesysRegion: "ap-southeast-1",
  brands: { "retail-thai": { brand: "Retail_Thai" } },
};

/** Thailand with other settings. */
function thailand(changes: Record<string, unknown>) {
  return { Thailand: { ...MARKET, ...changes } };
}

/** Thailand with these brands. */
function brands(these: unknown) {
  return thailand({ brands: these });
}

/** The faults that stop `input`, one a line; none if it is accepted. */
function faults(check: () => unknown): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof MarketsError)) throw error;
    const [count, ...lines] = error.message.split("\n");
    expect(count).toBe(`The markets configuration has ${lines.length} fault(s):`);
    return lines.map((line) => line.trim());
  }
}

const GENESYS_REGIONS =
  "us-east-1, us-east-2, us-west-2, ca-central-1, sa-east-1, mx-central-1, eu-west-1, eu-west-2, eu-central-1, eu-central-2, eusc-de-east-1, me-central-1, ap-south-1, ap-northeast-1, ap-northeast-2, ap-northeast-3, ap-southeast-1, ap-southeast-2";
const MARKET_FIELDS =
  "awsRegion, genesysRegion, customAttributes, mediaRetentionDays, attachmentMegabytes, timeZone, language, patienceHours, requestsPerMinute, lineWebhooksPerSecond, lineWebhooksAtOnce, genesysWebhooksPerSecond, genesysWebhooksAtOnce, logRetentionDays, alarmEmail, runbookUrl, dashboard, identityResolution, tracing, brands";
const BRAND_FIELDS =
  "brand, customAttributes, endpoint, receipts, stickers, groups, notes, attributes, quotes, markAsRead, mapsLinks, choicesInText, sender, quietHours, reply, replyUnclear, templates";
const NOTES =
  "unsend, follow, unblock, unfollow, join, leave, memberJoined, memberLeft, beacon, accountLink, membership, videoPlayComplete";
const SOME_MARKETS = "must map at least one market's key to its settings";
const SOME_BRANDS = "must map at least one brand key to a brand's settings";
const MARKET_KEY = "a market's key starts with a letter and has up to 32 letters, digits and -";
const BRAND_KEY =
  "a brand key has 1 to 32 characters of a-z, 0-9 and -, and not only - (it is part of the webhook URLs)";

describe("a region without CloudFront", () => {
  const apart = fc.oneof(
    fc.constantFrom(...AWS_REGIONS.filter((name) => /^cn-|^us-gov-|-iso/.test(name))),
    // Opened after this version.
    fc
      .tuple(fc.constantFrom("cn", "us-gov", "us-isoc", "eu-isoe"), fc.integer({ min: 1, max: 9 }))
      .map(([start, number]) => `${start}-central-${number}`),
  );

  it("is refused with its path and what is supported", () => {
    fc.assert(
      fc.property(apart, (awsRegion) => {
        expect(faults(() => parseMarkets(thailand({ awsRegion })))).toEqual([
          `markets.Thailand.awsRegion: "${awsRegion}" is not allowed; must be a region with CloudFront, which serves the media: not one of China (cn-…), GovCloud (us-gov-…) or an isolated one (…-iso…); use another near your customers, such as ap-southeast-1 or us-west-2`,
        ]);
      }),
    );
  });

  it("is proposed to nobody, and all others are allowed", () => {
    const [fault] = faults(() => parseMarkets(thailand({ awsRegion: "us-gov-wst-1" })));
    expect(fault).not.toContain("us-gov-west-1");
    const others = AWS_REGIONS.filter((name) => !/^cn-|^us-gov-|-iso/.test(name));
    expect(others.length).toBeGreaterThan(30);
    for (const awsRegion of others) {
      expect(faults(() => parseMarkets(thailand({ awsRegion })))).toEqual([]);
    }
  });
});

describe("a text that no platform takes", () => {
  /** With a NUL or half of a surrogate pair somewhere in it. */
  const unsayable = fc
    .tuple(
      fc.string({ unit: "grapheme", maxLength: 20 }),
      fc.constantFrom("\0", "\ud83d", "\udc00", "\udc00\ud83d"),
      fc.string({ unit: "grapheme", maxLength: 20 }),
    )
    .map((parts) => parts.join(""));
  const FIX =
    "must not contain \\u0000 or half of a surrogate pair such as \\ud83d; remove it, or write the whole character";
  const escaped = (text: string) => JSON.stringify(text).slice(1, -1);
  const brandWith = (fields: object) => brands({ "retail-thai": { brand: "Retail", ...fields } });

  it("is refused wherever messages carry it, with its path and the fix", () => {
    fc.assert(
      fc.property(unsayable, (text) => {
        const own = "markets.Thailand.brands.retail-thai";
        for (const [path, value] of [
          [
            "markets.Thailand.customAttributes.tier",
            thailand({ customAttributes: { tier: text } }),
          ],
          [`${own}.customAttributes.tier`, brandWith({ customAttributes: { tier: text } })],
          [`${own}.brand`, brandWith({ brand: text })],
        ] as const) {
          const told = `${path}: ${JSON.stringify(text)} is not allowed; ${FIX}`;
          expect(faults(() => parseMarkets(value))).toEqual([told]);
        }
        for (const [path, value] of [
          ["markets.Thailand", thailand({ customAttributes: { [text]: "gold" } })],
          [own, brandWith({ customAttributes: { [text]: "gold" } })],
        ] as const) {
          const told = `the key "${escaped(text)}" is not allowed; the name of a custom attribute ${FIX}`;
          expect(faults(() => parseMarkets(value))).toEqual([
            `${path}.customAttributes.${escaped(text)}: ${told}`,
          ]);
        }
      }),
    );
  });

  it("is none where it is whole", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), (text) => {
        fc.pre(!text.includes("\0") && !(text in {}) && text !== "market" && text !== "brand");
        const attributes = { [text]: text };
        const value = thailand({
          customAttributes: attributes,
          brands: { "retail-thai": { brand: text, customAttributes: attributes } },
        });
        expect(faults(() => parseMarkets(value))).toEqual([]);
      }),
    );
  });
});

describe("a wrong entry is named by its path, its value and what is allowed", () => {
  it.each<[string, unknown, string]>([
    ["no markets", undefined, `markets: is missing; ${SOME_MARKETS}`],
    ["a list", [], `markets: [] is not allowed; ${SOME_MARKETS}`],
    ["no market", {}, `markets: {} is not allowed; ${SOME_MARKETS}`],
    [
      "a market's key",
      { "1st market": MARKET },
      `markets.1st market: the key "1st market" is not allowed; ${MARKET_KEY}`,
    ],
    [
      "a market without fields",
      { Thailand: "ap-southeast-1" },
      `markets.Thailand: "ap-southeast-1" is not allowed; must be an object with the fields ${MARKET_FIELDS}`,
    ],
    [
      "an unknown field of a market",
      thailand({ region: "ap-southeast-1" }),
      `markets.Thailand.region: unknown field; did you mean awsRegion? allowed here: ${MARKET_FIELDS}`,
    ],
    [
      "a misspelt field of a market",
      thailand({ patienceHour: 6 }),
      `markets.Thailand.patienceHour: unknown field; did you mean patienceHours? allowed here: ${MARKET_FIELDS}`,
    ],
    [
      "a field in other letters",
      thailand({ alarmemail: "a@example.com" }),
      `markets.Thailand.alarmemail: unknown field; did you mean alarmEmail? allowed here: ${MARKET_FIELDS}`,
    ],
    [
      "a field that is like none",
      thailand({ budget: 6 }),
      `markets.Thailand.budget: unknown field; allowed here: ${MARKET_FIELDS}`,
    ],
    [
      "a missing AWS region",
      thailand({ awsRegion: undefined }),
      "markets.Thailand.awsRegion: is missing; must be an AWS region such as ap-southeast-1",
    ],
    [
      "an AWS region",
      thailand({ awsRegion: "Singapore" }),
      'markets.Thailand.awsRegion: "Singapore" is not allowed; must be an AWS region such as ap-southeast-1',
    ],
    [
      "a misspelt AWS region",
      thailand({ awsRegion: "ap-notheast-1" }),
      'markets.Thailand.awsRegion: "ap-notheast-1" is not allowed; did you mean ap-northeast-1? must be an AWS region such as ap-southeast-1',
    ],
    [
      "a number that no AWS region has",
      thailand({ awsRegion: "ap-southeast-99" }),
      'markets.Thailand.awsRegion: "ap-southeast-99" is not allowed; did you mean ap-southeast-1? must be an AWS region such as ap-southeast-1',
    ],
    [
      "a missing Genesys region",
      thailand({ genesysRegion: undefined }),
      `markets.Thailand.genesysRegion: is missing; allowed: ${GENESYS_REGIONS}`,
    ],
    [
      "a Genesys region",
      thailand({ genesysRegion: "mypurecloud.jp" }),
      `markets.Thailand.genesysRegion: "mypurecloud.jp" is not allowed; allowed: ${GENESYS_REGIONS}`,
    ],
    [
      "a misspelt Genesys region",
      thailand({ genesysRegion: "ap-notheast-1" }),
      `markets.Thailand.genesysRegion: "ap-notheast-1" is not allowed; did you mean ap-northeast-1? allowed: ${GENESYS_REGIONS}`,
    ],
    [
      "patience beyond LINE's memory of retry keys",
      thailand({ patienceHours: 24 }),
      "markets.Thailand.patienceHours: 24 is not allowed; must be a number of hours above 0 and at most 23",
    ],
    [
      "a number as text",
      thailand({ patienceHours: "12" }),
      'markets.Thailand.patienceHours: "12" is not allowed; must be a number of hours above 0 and at most 23',
    ],
    [
      "a fraction of a day",
      thailand({ mediaRetentionDays: 1.5 }),
      "markets.Thailand.mediaRetentionDays: 1.5 is not allowed; must be a whole number from 1 to 3650",
    ],
    [
      "days that CloudWatch does not offer",
      thailand({ logRetentionDays: 31 }),
      "markets.Thailand.logRetentionDays: 31 is not allowed; allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731",
    ],
    [
      "attachments beyond all reason",
      thailand({ attachmentMegabytes: 26 }),
      "markets.Thailand.attachmentMegabytes: 26 is not allowed; must be a whole number from 1 to 25",
    ],
    [
      "attachments of a size as text",
      thailand({ attachmentMegabytes: "25 MB" }),
      'markets.Thailand.attachmentMegabytes: "25 MB" is not allowed; must be a whole number from 1 to 25',
    ],
    [
      "a time zone",
      thailand({ timeZone: "Bangkok" }),
      'markets.Thailand.timeZone: "Bangkok" is not allowed; must be an IANA time zone such as Asia/Bangkok',
    ],
    [
      "a time zone that is no text",
      thailand({ timeZone: 7 }),
      "markets.Thailand.timeZone: 7 is not allowed; must be an IANA time zone such as Asia/Bangkok",
    ],
    [
      "a language that the bridge does not speak",
      thailand({ language: "zh" }),
      'markets.Thailand.language: "zh" is not allowed; allowed: en, ja, th, zh-TW',
    ],
    [
      "a language that is no text",
      thailand({ language: null }),
      "markets.Thailand.language: null is not allowed; allowed: en, ja, th, zh-TW",
    ],
    [
      "no requests",
      thailand({ requestsPerMinute: 0 }),
      "markets.Thailand.requestsPerMinute: 0 is not allowed; must be a whole number from 1 to 100000",
    ],
    [
      "an e-mail address",
      thailand({ alarmEmail: "operations" }),
      'markets.Thailand.alarmEmail: "operations" is not allowed; must be an e-mail address or null',
    ],
    ...["README.md", "http://wiki.example/bridge", "https://wiki.example/bridge#watch-it"].map(
      (url): [string, unknown, string] => [
        `the runbook at ${url}`,
        thailand({ runbookUrl: url }),
        `markets.Thailand.runbookUrl: "${url}" is not allowed; must be an https URL of at most 300 characters without #, or null`,
      ],
    ),
    [
      "identity resolution that is no switch",
      thailand({ identityResolution: "on" }),
      'markets.Thailand.identityResolution: "on" is not allowed; must be true, false or null',
    ],
    [
      "tracing that is no switch",
      thailand({ tracing: "on" }),
      'markets.Thailand.tracing: "on" is not allowed; must be true or false',
    ],
    [
      "a reserved custom attribute",
      thailand({ customAttributes: { market: "TH" } }),
      'markets.Thailand.customAttributes: {"market":"TH"} is not allowed; must not contain market or brand: the bridge sets both',
    ],
    [
      "a custom attribute that is no text",
      thailand({ customAttributes: { tier: 1 } }),
      "markets.Thailand.customAttributes.tier: 1 is not allowed; must be a string",
    ],
    [
      "custom attributes as a text",
      thailand({ customAttributes: "tier=1" }),
      'markets.Thailand.customAttributes: "tier=1" is not allowed; must map names to strings',
    ],
    [
      "missing brands",
      thailand({ brands: undefined }),
      `markets.Thailand.brands: is missing; ${SOME_BRANDS}`,
    ],
    ["no brand", brands({}), `markets.Thailand.brands: {} is not allowed; ${SOME_BRANDS}`],
    [
      "a brand key",
      brands({ Retail_Thai: { brand: "Retail_Thai" } }),
      `markets.Thailand.brands.Retail_Thai: the key "Retail_Thai" is not allowed; ${BRAND_KEY}`,
    ],
    [
      "a brand key without a letter or digit",
      brands({ "--": { brand: "Retail_Thai" } }),
      `markets.Thailand.brands.--: the key "--" is not allowed; ${BRAND_KEY}`,
    ],
    [
      "a missing brand",
      brands({ "retail-thai": {} }),
      "markets.Thailand.brands.retail-thai.brand: is missing; must be a text of 1 to 100 characters",
    ],
    [
      "an empty brand",
      brands({ "retail-thai": { brand: "" } }),
      'markets.Thailand.brands.retail-thai.brand: "" is not allowed; must be a text of 1 to 100 characters',
    ],
    [
      "a brand's settings as a text",
      brands({ "retail-thai": "Retail_Thai" }),
      `markets.Thailand.brands.retail-thai: "Retail_Thai" is not allowed; must be an object with the fields ${BRAND_FIELDS}`,
    ],
    [
      "an unknown field of a brand",
      brands({ "retail-thai": { brand: "Retail_Thai", channel: "x" } }),
      `markets.Thailand.brands.retail-thai.channel: unknown field; allowed here: ${BRAND_FIELDS}`,
    ],
    ...(
      [
        ["endpoint", "message, legacy"],
        ["receipts", "failed, all"],
        ["stickers", "text, image"],
        ["groups", "ignore, bridge"],
        ["mapsLinks", "text, location"],
        ["reply", "push, reply-first"],
        ["replyUnclear", "push, fail"],
      ] as const
    ).map(([field, allowed]): [string, unknown, string] => [
      `a brand's ${field}`,
      brands({ "retail-thai": { brand: "Retail_Thai", [field]: "other" } }),
      `markets.Thailand.brands.retail-thai.${field}: "other" is not allowed; allowed: ${allowed}`,
    ]),
    [
      "an event that is no note",
      brands({ "retail-thai": { brand: "Retail_Thai", notes: ["follow", "sticker"] } }),
      `markets.Thailand.brands.retail-thai.notes.1: "sticker" is not allowed; allowed: ${NOTES}`,
    ],
    [
      "notes as a text",
      brands({ "retail-thai": { brand: "Retail_Thai", notes: "follow" } }),
      `markets.Thailand.brands.retail-thai.notes: "follow" is not allowed; must be a list of ${NOTES}`,
    ],
    [
      "an attribute that LINE's profile does not give",
      brands({ "retail-thai": { brand: "Retail_Thai", attributes: ["lineStatus"] } }),
      'markets.Thailand.brands.retail-thai.attributes.0: "lineStatus" is not allowed; allowed: lineLanguage, linePictureUrl, lineGroupName',
    ],
    ...[
      ["a sender who is neither", { agent: {} }, "agent: unknown field; allowed here: human, bot"],
      [
        "a sender with another field",
        { bot: { icon: "x" } },
        "bot.icon: unknown field; allowed here: name, iconUrl",
      ],
      ...["", "x".repeat(21), "LINE Shop", "Ｌｉｎｅ", "a\nb"].map((name) => [
        `a sender called ${JSON.stringify(name)}`,
        { human: { name } },
        `human.name: ${JSON.stringify(name)} is not allowed; must be a text of 1 to 20 characters without LINE`,
      ]),
      ...["http://shop.example/a.png", "a.png"].map((iconUrl) => [
        `a sender's icon at ${iconUrl}`,
        { bot: { iconUrl } },
        `bot.iconUrl: "${iconUrl}" is not allowed; must be an https URL of at most 2,000 characters, of a square PNG image`,
      ]),
    ].map(([name, sender, message]): [string, unknown, string] => [
      String(name),
      brands({ "retail-thai": { brand: "Retail_Thai", sender } }),
      `markets.Thailand.brands.retail-thai.sender.${message}`,
    ]),
    ...[
      ["without an end", { from: "21:30" }, "to: is missing; must be a time of day such as 21:30"],
      [
        "with an hour alone",
        { from: "21", to: "08:00" },
        'from: "21" is not allowed; must be a time of day such as 21:30',
      ],
      [
        "until 24:00",
        { from: "21:30", to: "24:00" },
        'to: "24:00" is not allowed; must be a time of day such as 21:30',
      ],
      [
        "with another field",
        { from: "21:30", to: "08:00", days: [] },
        "days: unknown field; allowed here: from, to",
      ],
      [
        "of no length",
        { from: "08:00", to: "08:00" },
        'to: "08:00" is not allowed; must differ from from',
      ],
    ].map(([name, quietHours, message]): [string, unknown, string] => [
      `quiet hours ${name}`,
      brands({ "retail-thai": { brand: "Retail_Thai", quietHours } }),
      `markets.Thailand.brands.retail-thai.quietHours.${message}`,
    ]),
    [
      "read marks as a text",
      brands({ "retail-thai": { brand: "Retail_Thai", markAsRead: "yes" } }),
      'markets.Thailand.brands.retail-thai.markAsRead: "yes" is not allowed; must be true or false',
    ],
    [
      "markets that differ in letter case only",
      { Thailand: MARKET, thailand: { ...MARKET, brands: { "retail-2": { brand: "Retail_2" } } } },
      'markets.thailand: the key "thailand" differs from "Thailand" only in letter case; rename one of them',
    ],
    [
      "a brand key in two markets",
      { Thailand: MARKET, Laos: MARKET },
      'markets.Laos.brands.retail-thai: the brand key "retail-thai" is already used in markets.Thailand; each brand key must be unique',
    ],
    [
      "brand keys that would share their stack outputs",
      brands({ "retail-thai": { brand: "Retail" }, "retail--thai": { brand: "Other" } }),
      'markets.Thailand.brands.retail--thai: the brand key "retail--thai" is too close to "retail-thai": both name the stack outputs RetailThai…; rename one of them',
    ],
  ])("%s", (_, input, message) => {
    expect(faults(() => parseMarkets(input))).toEqual([message]);
  });

  it("says of each unknown field which one it may stand for", () => {
    const settings = { brand: "Retail_Thai", sticker: "image", colour: 1, choiceInText: true };
    expect(faults(() => parseMarkets(brands({ "retail-thai": settings })))).toEqual([
      `markets.Thailand.brands.retail-thai.sticker: unknown field; did you mean stickers? allowed here: ${BRAND_FIELDS}`,
      `markets.Thailand.brands.retail-thai.colour: unknown field; allowed here: ${BRAND_FIELDS}`,
      `markets.Thailand.brands.retail-thai.choiceInText: unknown field; did you mean choicesInText? allowed here: ${BRAND_FIELDS}`,
    ]);
  });

  it("lists all faults at once", () => {
    expect(
      faults(() =>
        parseMarkets({ Thailand: { ...MARKET, awsRegion: 1 }, Laos: { ...MARKET, brands: null } }),
      ),
    ).toEqual([
      "markets.Thailand.awsRegion: 1 is not allowed; must be an AWS region such as ap-southeast-1",
      `markets.Laos.brands: null is not allowed; ${SOME_BRANDS}`,
    ]);
  });

  it("cuts a long value short", () => {
    const [fault] = faults(() => parseMarkets(thailand({ customAttributes: "x".repeat(500) })));
    expect(fault).toBe(
      `markets.Thailand.customAttributes: "${"x".repeat(99)}… is not allowed; must map names to strings`,
    );
  });
});

describe("readMarkets", () => {
  it("accepts the cdk.json of this project", () => {
    expect(faults(() => loadMarkets(undefined))).toEqual([]);
  });

  it.each([
    ["under context", { context: { markets: { Thailand: MARKET } } }],
    ["at the top", { markets: { Thailand: MARKET } }],
    ["as the file itself", { Thailand: MARKET }],
  ])("finds the markets %s", (_, content) => {
    expect(Object.keys(readMarkets(JSON.stringify(content)))).toEqual(["Thailand"]);
  });

  it("refuses a key that stands twice, which JSON.parse would silently drop", () => {
    const text = JSON.stringify({ context: { markets: { Thailand: MARKET } } });
    const twice = text.replace('"brands":{', '"brands":{"retail-thai":{"brand":"First"},');
    expect(faults(() => readMarkets(twice))).toEqual([
      'context.markets.Thailand.brands.retail-thai: the key "retail-thai" stands twice; each key must be unique',
    ]);
  });

  it("lets the same key stand in different objects", () => {
    const text = JSON.stringify(
      brands({ "retail-thai": { brand: "Retail" }, "travel-thai": { brand: "Travel" } }),
    );
    expect(faults(() => readMarkets(text))).toEqual([]);
  });

  it.each([
    ["that ends too soon", '{"markets":', "line 1, column 12: a value is expected"],
    [
      "with a comma behind the last brand",
      '{\n  "markets": {\n    "T": {},\n  }\n}',
      "line 4, column 3: a comma stands before }; remove it",
    ],
    [
      "with a comma in a list",
      '{"a": [1, ]}',
      "line 1, column 11: a comma stands before ]; remove it",
    ],
    ["without a comma", '{\n"a": 1\n"b": 2}', "line 3, column 1: a comma is missing"],
    ["with a comment", '{\n// brands\n"a": 1}', "line 2, column 1: JSON has no comments"],
    [
      "of an editor that writes a byte order mark",
      '\ufeff{"markets": {}}',
      "line 1, column 1: the file begins with a byte order mark; save it as UTF-8 without BOM",
    ],
  ])("says where a text %s is not JSON, and why", (_, text, fault) => {
    expect(faults(() => readMarkets(text))[0]).toBe(`not valid JSON: ${fault}`);
  });
});

describe("parseMarkets", () => {
  it("fills in the defaults", () => {
    expect(parseMarkets({ Thailand: MARKET })).toEqual({
      Thailand: {
        ...MARKET,
        customAttributes: {},
        mediaRetentionDays: 90,
        attachmentMegabytes: 25,
        timeZone: "UTC",
        language: "en",
        patienceHours: 12,
        requestsPerMinute: 300,
        lineWebhooksPerSecond: 100,
        lineWebhooksAtOnce: 500,
        genesysWebhooksPerSecond: 50,
        genesysWebhooksAtOnce: 100,
        logRetentionDays: 30,
        alarmEmail: null,
        runbookUrl: null,
        dashboard: true,
        identityResolution: null,
        tracing: false,
        brands: {
          "retail-thai": {
            brand: "Retail_Thai",
            endpoint: "message",
            customAttributes: {},
            receipts: "failed",
            stickers: "text",
            groups: "ignore",
            notes: [
              "unsend",
              "join",
              "leave",
              "memberJoined",
              "memberLeft",
              "accountLink",
              "membership",
            ],
            attributes: [],
            quotes: "id",
            markAsRead: false,
            mapsLinks: "text",
            choicesInText: false,
            sender: {},
            quietHours: null,
            reply: "push",
            replyUnclear: "push",
            templates: null,
          },
        },
      },
    });
  });
});

describe("brandSettings", () => {
  it("add the brand's custom attributes to the market's, and the bridge's own to both", () => {
    const { Thailand } = parseMarkets(
      thailand({
        customAttributes: { tier: "gold", country: "TH" },
        brands: { "retail-thai": { brand: "Retail_Thai", customAttributes: { tier: "silver" } } },
      }),
    );
    if (Thailand === undefined) throw new Error("Thailand is missing");
    expect(brandSettings("Thailand", Thailand)["retail-thai"]?.customAttributes).toEqual({
      market: "Thailand",
      brand: "Retail_Thai",
      tier: "silver",
      country: "TH",
    });
  });

  it("hold 15 custom attributes of 100 Thai letters as they are written", () => {
    const { Thailand } = parseMarkets(
      brands({ "retail-thai": { brand: "ร้านค้า", customAttributes: MANY_ATTRIBUTES } }),
    );
    if (Thailand === undefined) throw new Error("Thailand is missing");
    const [settings] = Object.values(brandSettings("Thailand", Thailand));
    expect(settings?.customAttributes).toEqual({
      market: "Thailand",
      brand: "ร้านค้า",
      ...MANY_ATTRIBUTES,
    });
  });

  it("hold every setting that the functions read, defaults included, and no other", () => {
    const { Thailand } = parseMarkets(brands({ "retail-thai": { brand: "Retail_Thai" } }));
    if (Thailand === undefined) throw new Error("Thailand is missing");
    expect(brandSettings("Thailand", Thailand)).toEqual({
      "retail-thai": {
        endpoint: "message",
        receipts: "failed",
        stickers: "text",
        groups: "ignore",
        notes: [
          "unsend",
          "join",
          "leave",
          "memberJoined",
          "memberLeft",
          "accountLink",
          "membership",
        ],
        attributes: [],
        quotes: "id",
        markAsRead: false,
        mapsLinks: "text",
        choicesInText: false,
        sender: {},
        quietHours: null,
        reply: "push",
        replyUnclear: "push",
        templates: {},
        customAttributes: { market: "Thailand", brand: "Retail_Thai" },
      },
    });
  });

  it("are as the brand has them", () => {
    const changed = {
      endpoint: "legacy",
      receipts: "all",
      stickers: "image",
      groups: "bridge",
      notes: [],
      attributes: ["lineLanguage", "lineGroupName"],
      quotes: "text",
      markAsRead: true,
      mapsLinks: "location",
      choicesInText: true,
      sender: { human: { name: "คุณอ้อย" }, bot: { iconUrl: "https://shop.example/bot.png" } },
      quietHours: { from: "21:30", to: "08:00" },
      reply: "reply-first",
      replyUnclear: "fail",
    };
    const { Thailand } = parseMarkets(
      brands({ "retail-thai": { brand: "Retail_Thai", ...changed } }),
    );
    if (Thailand === undefined) throw new Error("Thailand is missing");
    expect(brandSettings("Thailand", Thailand)).toEqual({
      "retail-thai": {
        ...changed,
        templates: {},
        customAttributes: { market: "Thailand", brand: "Retail_Thai" },
      },
    });
  });
});

describe("a brand's templates", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "line-genesys-templates-"));
    mkdirSync(join(directory, "ours"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const withTemplates = (templates: unknown) =>
    brands({ "retail-thai": { brand: "Retail_Thai", templates } });
  const message = (text: string) => ({ type: "text", text });
  const write = (name: string, value: unknown) =>
    writeFileSync(join(directory, "ours", name), JSON.stringify(value));

  it("come from the files of a folder, which is relative to that of the markets' file", () => {
    write("ทักทาย.json", message("สวัสดี {{name}}"));
    write("Store Finder.json", { messages: [message("A"), message("B")] });
    writeFileSync(join(directory, "ours", "README.md"), "{");
    const file = join(directory, "markets.json");
    writeFileSync(file, JSON.stringify({ markets: withTemplates("ours") }));
    const { Thailand } = loadMarkets(file);
    if (Thailand === undefined) throw new Error("Thailand is missing");
    const templates = {
      "store finder": { messages: [message("A"), message("B")] },
      ทักทาย: { messages: [message("สวัสดี {{name}}")] },
    };
    expect(brandSettings("Thailand", Thailand)["retail-thai"]?.templates).toEqual(templates);
    // As a run tells other programs on this machine.
    expect(marketsSchema.parse({ Thailand }).Thailand?.brands["retail-thai"]?.templates).toEqual(
      templates,
    );
  });

  it("name brand, folder, file and place of each fault, beside all other faults", () => {
    write("a.json", message(""));
    write("b.json", {});
    const input = thailand({
      awsRegion: 1,
      brands: { "retail-thai": { brand: "Retail_Thai", templates: "ours" } },
    });
    const own = "markets.Thailand.brands.retail-thai.templates: ours";
    expect(faults(() => parseMarkets(input, directory))).toEqual([
      expect.stringMatching(/^markets\.Thailand\.awsRegion: 1 is not allowed/),
      expect.stringMatching(
        new RegExp(`^${own}: a\\.json: text: "" is not allowed: May not be empty`),
      ),
      expect.stringMatching(new RegExp(`^${own}: b\\.json: must be a LINE message, or`)),
    ]);
  });

  it.each([
    [1, "1 is not allowed"],
    ["", '"" is not allowed'],
    [[], "[] is not allowed"],
    [{ a: { messages: [] } }, "an object is not allowed"],
  ])("are not %j", (templates, told) => {
    expect(faults(() => parseMarkets(withTemplates(templates), directory))).toEqual([
      `markets.Thailand.brands.retail-thai.templates: ${told}; must be the name of a folder with a JSON file for each template, or null`,
    ]);
  });

  it("are none for null", () => {
    expect(faults(() => parseMarkets(withTemplates(null), directory))).toEqual([]);
  });

  it("have to fit into the functions' settings, a market's all together", () => {
    for (let at = 0; at < 40; at += 1)
      write(`${at}.json`, { messages: Array(5).fill(message("x".repeat(4_900))) });
    expect(faults(() => parseMarkets(withTemplates("ours"), directory))).toEqual([]);
    write("40.json", { messages: Array(5).fill(message("x".repeat(4_900))) });
    const [fault, ...more] = faults(() => parseMarkets(withTemplates("ours"), directory));
    expect(more).toEqual([]);
    expect(fault).toMatch(
      /^markets\.Thailand: the settings of its brands have 10\d{5} bytes, their templates included, and a function takes 1000000; shorten templates/,
    );
  });
});

describe("outputPrefix", () => {
  it.each([
    ["retail-thai", "RetailThai"],
    ["retail", "Retail"],
    ["7-eleven", "7Eleven"],
  ])("%s → %s", (key, prefix) => {
    expect(outputPrefix(key)).toBe(prefix);
  });
});
