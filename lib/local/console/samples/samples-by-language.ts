import type { Language } from "../../../../lambdas/shared/contract/languages.ts";
import { ENGLISH } from "./english.ts";
import { JAPANESE } from "./japanese.ts";
import type { Samples } from "./samples.ts";
import { THAI } from "./thai.ts";
import { TRADITIONAL_CHINESE } from "./traditional-chinese.ts";

export const SAMPLES_BY_LANGUAGE: Readonly<Record<Language, Samples>> = {
  en: ENGLISH,
  ja: JAPANESE,
  th: THAI,
  "zh-TW": TRADITIONAL_CHINESE,
};
