import type { LineCustomers } from "./customers.ts";
import type { LineGroup, LineGroups } from "./groups.ts";
import type { LineCall, LineRoute } from "./line-route.ts";
import { LineRefusal } from "./refusal.ts";

const USER_ID = /^U[0-9a-f]{32}$/;
const IDS = { groupId: /^C[0-9a-f]{32}$/, roomId: /^R[0-9a-f]{32}$/ };

/** LINE Messaging API reference, Group chats; Multi-person chats. */
export function groupRoutes(options: {
  customers: LineCustomers;
  groups: LineGroups;
}): LineRoute[] {
  const groupOf = (
    { channel, parameters: [id = ""] }: LineCall,
    parameter: "groupId" | "roomId",
  ): LineGroup => {
    if (!IDS[parameter].test(id)) {
      throw new LineRefusal(400, `The value for the '${parameter}' parameter is invalid`);
    }
    const group = options.groups.byId(id);
    if (group === undefined || !options.groups.hasAccount(channel.brandKey, id)) {
      throw new LineRefusal(404, "Not found");
    }
    return group;
  };
  /** Also for members who are not friends of the account or have blocked it. */
  const memberRoute = (path: RegExp, parameter: "groupId" | "roomId"): LineRoute => ({
    method: "GET",
    path,
    what: "member profile",
    answer: (call) => {
      const userId = call.parameters[1] ?? "";
      if (!USER_ID.test(userId)) {
        throw new LineRefusal(400, "The value for the 'userId' parameter is invalid");
      }
      const { memberIds } = groupOf(call, parameter);
      const member = options.customers.byId(userId);
      if (member?.displayName === undefined || !memberIds.includes(userId)) {
        throw new LineRefusal(404, "Not found");
      }
      const { displayName } = member;
      return { status: 200, body: { displayName, userId }, text: displayName };
    },
  });

  return [
    {
      method: "GET",
      path: /^\/v2\/bot\/group\/([^/]+)\/summary$/,
      what: "group",
      answer: (call) => {
        const { id, name = "" } = groupOf(call, "groupId");
        return { status: 200, body: { groupId: id, groupName: name }, text: name };
      },
    },
    memberRoute(/^\/v2\/bot\/group\/([^/]+)\/member\/([^/]+)$/, "groupId"),
    memberRoute(/^\/v2\/bot\/room\/([^/]+)\/member\/([^/]+)$/, "roomId"),
  ];
}
