/** The webhook URL of each channel, and its switch "Use webhook". */
export interface LineWebhooks {
  set(brandKey: string, url: string): void;
  urlOf(brandKey: string): string | undefined;
  use(brandKey: string, isOn: boolean): void;
  isUsed(brandKey: string): boolean;
}

export function createLineWebhooks(): LineWebhooks {
  const urls = new Map<string, string>();
  const unused = new Set<string>();
  return {
    set: (brandKey, url) => void urls.set(brandKey, url),
    urlOf: (brandKey) => urls.get(brandKey),
    use(brandKey, isOn) {
      if (isOn) unused.delete(brandKey);
      else unused.add(brandKey);
    },
    isUsed: (brandKey) => !unused.has(brandKey),
  };
}
