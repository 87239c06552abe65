/** Name of the file beside the bundle of worker and sender that holds the brands' settings, by brand key. */
export const SETTINGS_FILE = "settings.json";
