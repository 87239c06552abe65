import * as z from "zod";
import type { LineChats } from "./chats.ts";
import { contentRoutes } from "./content-routes.ts";
import type { LineContents } from "./contents.ts";
import type { LineCustomers } from "./customers.ts";
import { groupRoutes } from "./group-routes.ts";
import type { LineGroups } from "./groups.ts";
import type { LineRoute } from "./line-route.ts";
import type { CheckMessages } from "./message-rules.ts";
import { type LineOutbox, messageList } from "./outbox.ts";
import type { LinePush } from "./push.ts";
import { invalidProperty, LineRefusal, parseBody } from "./refusal.ts";
import { replyRoute } from "./reply.ts";
import type { ReplyTokens } from "./reply-tokens.ts";
import type { WebhookDelivery } from "./webhook-delivery.ts";
import { webhookRoutes } from "./webhook-routes.ts";
import type { LineWebhooks } from "./webhooks.ts";

const USER_ID = /^U[0-9a-f]{32}$/;

/** Where LINE has the pictures of its users. */
const PICTURES = "https://profile.line-scdn.net/";

const validateBody = z.object({ messages: messageList });
const loadingBody = z.object({
  chatId: z.string().min(1),
  loadingSeconds: z.int().min(5).max(60).multipleOf(5).default(20),
});
const markAsReadBody = z.object({ markAsReadToken: z.string().min(1) });

/** The part of the Messaging API that the bridge uses (LINE Messaging API reference). */
export function lineRoutes(options: {
  customers: LineCustomers;
  groups: LineGroups;
  chats: LineChats;
  contents: LineContents;
  checkMessages: CheckMessages;
  outbox: LineOutbox;
  push: LinePush;
  replyTokens: ReplyTokens;
  webhooks: LineWebhooks;
  testWebhook: WebhookDelivery["test"];
  exempt: ReadonlySet<string>;
  language: string | undefined;
  now: () => number;
}): LineRoute[] {
  const { customers, chats, push, language } = options;
  return [
    ...contentRoutes(options.contents),
    ...groupRoutes(options),
    ...webhookRoutes(options),
    {
      method: "POST",
      path: /^\/v2\/bot\/message\/push$/,
      what: "push",
      isRetryable: true,
      answer: ({ channel, ...call }) => push.push({ brandKey: channel.brandKey, ...call }),
    },
    replyRoute(options.outbox, options.replyTokens),
    {
      method: "POST",
      path: /^\/v2\/bot\/message\/validate\/(?:push|reply)$/,
      what: "validate",
      answer: ({ body }) => {
        options.checkMessages(parseBody(validateBody, body).messages);
        return { status: 200, body: {} };
      },
    },
    {
      method: "GET",
      path: /^\/v2\/bot\/profile\/([^/]+)$/,
      what: "profile",
      answer: ({ channel, parameters: [userId = ""] }) => {
        if (!USER_ID.test(userId)) {
          throw new LineRefusal(400, "The value for the 'userId' parameter is invalid");
        }
        const customer = customers.byId(userId);
        if (customer?.displayName === undefined || customers.hasBlocked(channel.brandKey, userId)) {
          throw new LineRefusal(404, "Not found");
        }
        return {
          status: 200,
          body: {
            ...customer,
            pictureUrl: `${PICTURES}${userId}`,
            ...(language !== undefined && { language }),
          },
          text: customer.displayName,
        };
      },
    },
    {
      method: "GET",
      path: /^\/v2\/bot\/info$/,
      what: "account",
      answer: ({ channel }) => ({
        status: 200,
        body: {
          userId: channel.botUserId,
          basicId: `@${channel.brandKey}`,
          displayName: channel.brandKey,
          chatMode: "chat",
          markAsReadMode: "manual",
        },
      }),
    },
    {
      method: "POST",
      path: /^\/v2\/bot\/chat\/loading\/start$/,
      what: "loading animation",
      answer: ({ channel, body }) => {
        const { chatId, loadingSeconds } = parseBody(loadingBody, body);
        if (!USER_ID.test(chatId)) {
          throw invalidProperty("chatId");
        }
        chats.showLoading(channel.brandKey, chatId, options.now() + loadingSeconds * 1000);
        return { status: 202, body: {} };
      },
    },
    {
      method: "POST",
      path: /^\/v2\/bot\/chat\/markAsRead$/,
      what: "read mark",
      answer: ({ channel, body }) => {
        const { markAsReadToken } = parseBody(markAsReadBody, body);
        if (!chats.markAsRead(channel.brandKey, markAsReadToken)) {
          throw invalidProperty("markAsReadToken");
        }
        return { status: 200, body: {} };
      },
    },
    {
      method: "GET",
      path: /^\/v2\/bot\/message\/quota$/,
      what: "quota",
      answer: ({ channel }) => {
        const value = push.limit(channel.brandKey);
        return {
          status: 200,
          body: value === undefined ? { type: "none" } : { type: "limited", value },
        };
      },
    },
    {
      method: "GET",
      path: /^\/v2\/bot\/message\/quota\/consumption$/,
      what: "quota",
      answer: ({ channel }) => ({
        status: 200,
        body: { totalUsage: push.usage(channel.brandKey) },
      }),
    },
  ];
}
