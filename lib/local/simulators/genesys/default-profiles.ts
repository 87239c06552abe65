/** Genesys Cloud, Work with supported content profiles: what the default one lets through. */
export const DEFAULT_SUPPORTED_CONTENT = {
  name: "Default",
  mediaTypes: {
    allow: {
      inbound: [{ type: "*/*" }],
      outbound: ["image/jpeg", "image/png", "image/gif"].map((type) => ({ type })),
    },
  },
};

/** Genesys Cloud, Platform configuration profiles: typing is told in neither direction by default. */
export const DEFAULT_MESSAGING_SETTING = {
  name: "Default",
  event: { typing: { on: { inbound: "Disabled", outbound: "Disabled" } } },
};
