/** Languages of the words that the bridge itself says to customers. */
export const LANGUAGES = ["en", "ja", "th", "zh-TW"] as const;

export type Language = (typeof LANGUAGES)[number];
