import { filledMessages } from "../../../lambdas/shared/contract/line-templates/fill-template.ts";
import { sampleValue } from "../../templates/sample-values.ts";
import type { Target } from "../market/target.ts";
import type { LineAccount } from "../platforms/line-account.ts";
import { type Examination, Wrong } from "./examination.ts";

export const LINE_TEMPLATES = "LINE templates";

type Templates = NonNullable<Target["settings"]["brands"][string]["templates"]>;

/** The templates of a brand as the configuration has them; undefined if there are none. */
export function templatesOf({ settings }: Target, brandKey: string): Templates | undefined {
  return settings.brands[brandKey]?.templates ?? undefined;
}

/** Lets LINE itself check each template, with next to nothing in its places. Sends nothing to anybody. */
export async function examineTemplates(
  templates: Templates,
  account: Pick<LineAccount, "validate">,
  { check }: Examination,
): Promise<void> {
  const fix = "Correct its file (lib/CONFIGURATION.md#templates) and deploy the stack again.";
  await check(LINE_TEMPLATES, fix, async () => {
    const refused: string[] = [];
    for (const [name, template] of Object.entries(templates)) {
      const told = await account.validate(filledMessages(template, sampleValue));
      if (told !== undefined) refused.push(`${name}: ${told}`);
    }
    if (refused.length > 0) throw new Wrong(`LINE refuses ${refused.join("; ")}`, fix);
    return { detail: `LINE takes ${Object.keys(templates).join(", ")}`, value: undefined };
  });
}
