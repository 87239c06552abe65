import type { BrandStack } from "../../../../lib/operator/market/stack.ts";
import type { Target } from "../../../../lib/operator/market/target.ts";
import { readTemplateFolder } from "../../../../lib/templates/read-template-folder.ts";
import type { LocalMarket } from "../local-market.ts";
import { answering, type DoctorRoom, OF_LINE, skipped } from "./doctor-room.ts";

const FIX = "Correct its file (lib/CONFIGURATION.md#templates) and deploy the stack again.";

export function examineTemplatesTests(opened: () => DoctorRoom): void {
  let market: LocalMarket;
  let brand: BrandStack;
  let examining: DoctorRoom["examining"];
  let expectBroken: DoctorRoom["expectBroken"];
  let whileStored: DoctorRoom["whileStored"];
  beforeAll(() => {
    ({ market, brand, examining, expectBroken, whileStored } = opened());
  });
  afterEach(() => {
    delete market.interfere.line;
  });

  /** The market, whose brand has other templates than the stack knows. */
  function withTemplates(templates: Target["settings"]["brands"][string]["templates"]): Target {
    const { settings } = market.target;
    const own = settings.brands[brand.key];
    if (own === undefined) throw new Error("no brand");
    const brands = { ...settings.brands, [brand.key]: { ...own, templates } };
    return { ...market.target, settings: { ...settings, brands } };
  }

  it("LINE takes each template, and nothing is sent", async () => {
    const { templates } = readTemplateFolder("lib/templates/thailand");
    const asked: string[] = [];
    market.interfere.line = async (request, pass) => {
      asked.push(request.path);
      return pass();
    };
    const findings = await examining({ target: withTemplates(templates) });
    expect(findings.filter(({ state }) => state !== "ok")).toEqual([]);
    expect(findings.find(({ check }) => check === "LINE templates")?.detail).toBe(
      "LINE takes order-shipped, store-finder",
    );
    expect(asked.filter((path) => path.includes("/message/") && !path.includes("quota"))).toEqual([
      "/v2/bot/message/validate/push",
      "/v2/bot/message/validate/push",
    ]);
  });

  it("LINE refuses one of them", async () => {
    const faulty = {
      messages: [{ type: "flex", altText: "A", contents: { type: "bubble", body: 1 } }],
    };
    const good = { messages: [{ type: "text", text: "{{name}}" }] };
    const target = withTemplates({ good, faulty });
    const found = await expectBroken({ "LINE templates": "wrong" }, { target });
    expect(found.get("LINE templates")).toMatchObject({
      detail:
        "LINE refuses faulty: A message (messages[0]) in the request body is invalid, /body: invalid property",
      fix: FIX,
    });
  });

  it.each([
    [
      {
        message: "words",
        details: [
          { property: "a", message: "b" },
          { property: "c", message: "d" },
        ],
      },
      "words, a: b, c: d",
    ],
    [{ message: "words" }, "words"],
    [{}, "400"],
  ])("LINE's own words: %j", async (body, words) => {
    market.interfere.line = answering(/validate\/push$/, 400, body);
    const target = withTemplates({ a: { messages: [{ type: "text", text: "A" }] } });
    const found = await expectBroken({ "LINE templates": "wrong" }, { target });
    expect(found.get("LINE templates")?.detail).toBe(`LINE refuses a: ${words}`);
  });

  it("templates of which LINE says nothing", async () => {
    market.interfere.line = answering(/validate\/push$/, 503, {});
    const target = withTemplates({ a: { messages: [{ type: "text", text: "A" }] } });
    const found = await expectBroken({ "LINE templates": "wrong" }, { target });
    expect(found.get("LINE templates")?.detail).toContain("503");
  });

  it("templates that nobody can ask about", async () => {
    const target = withTemplates({ a: { messages: [{ type: "text", text: "A" }] } });
    const [, , ...afterToken] = OF_LINE;
    await whileStored(brand.lineSecret, { channelSecret: "5".repeat(32) }, async () => {
      await expectBroken(
        { "LINE token": "wrong", ...skipped([...afterToken, "LINE templates"]) },
        { target },
      );
    });
  });
}
