/**
 * A LINE Official Account's Messaging API channel. The platform reads the object at every use, so a
 * test can reissue the secret by assigning a new one: LINE stops using the old secret at once.
 */
export interface LineChannel {
  brandKey: string;
  channelId: string;
  channelSecret: string;
  /** The long-lived token of the LINE Developers Console, if one was issued. */
  channelAccessToken?: string;
  /** `U` and 32 hexadecimal digits; `destination` of every webhook. */
  botUserId: string;
}
