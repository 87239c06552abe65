import type { ProfileAttribute } from "../shared/contract/brand-settings.ts";
import type { LineProfile } from "../shared/line/client.ts";

/** The custom attributes that a profile gives: those of `asked` that it has. `isGroup`: it is a group's summary. */
export function profileAttributes(
  profile: LineProfile | undefined,
  asked: readonly ProfileAttribute[],
  isGroup: boolean,
): Record<string, string> {
  const has: Record<ProfileAttribute, string | undefined> = {
    lineLanguage: profile?.language,
    linePictureUrl: profile?.pictureUrl,
    lineGroupName: isGroup ? profile?.displayName : undefined,
  };
  return Object.fromEntries(
    asked.flatMap((name) => {
      const value = has[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
