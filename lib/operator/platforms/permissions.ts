/** What the role of the OAuth client for set-up may hold, by the names of Genesys Cloud's API. */
export const PERMISSIONS = {
  integration: {
    view: "messaging:integration:view",
    add: "messaging:integration:add",
    edit: "messaging:integration:edit",
  },
  supportedContent: {
    view: "messaging:supportedContent:view",
    add: "messaging:supportedContent:add",
    edit: "messaging:supportedContent:edit",
  },
  messagingSetting: {
    view: "messaging:setting:view",
    add: "messaging:setting:add",
    edit: "messaging:setting:edit",
  },
  identityResolution: {
    view: "messaging:identityResolutionOpen:view",
    edit: "messaging:identityResolutionOpen:edit",
  },
  messageRouting: { manage: "routing:message:manage" },
  flow: { view: "architect:flow:view" },
} as const;

type Groups = typeof PERMISSIONS;
type ValueOf<Group> = Group[keyof Group];

export type Permission = { [Name in keyof Groups]: ValueOf<Groups[Name]> }[keyof Groups];

/** The permission as the console names it: `messaging:setting:view` is Messaging > Setting > View. */
export function consoleName(permission: Permission): string {
  return permission
    .split(":")
    .map((part) => part.replace(/[A-Z]/g, " $&"))
    .map((words) => words.slice(0, 1).toUpperCase() + words.slice(1))
    .join(" > ");
}
