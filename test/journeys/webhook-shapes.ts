/** One event of every type and message of LINE's webhook reference, each with an id of its own. */
export function webhookShapes(userId: string): object[] {
  const user = { type: "user", userId };
  const group = { type: "group", groupId: `C${userId.slice(1)}`, userId };
  const room = { type: "room", roomId: `R${userId.slice(1)}` };
  const byLine = { contentProvider: { type: "line" }, quoteToken: "q" };
  const elsewhere = {
    type: "external",
    originalContentUrl: "https://example.com/a.jpg",
    previewImageUrl: "https://example.com/b.jpg",
  };
  const messages = [
    {
      type: "text",
      quoteToken: "q",
      text: "@All Good Morning!! (love)",
      emojis: [{ index: 20, length: 6, productId: "p", emojiId: "001" }],
      mention: { mentionees: [{ index: 0, length: 4, type: "all" }] },
      markAsReadToken: "m",
    },
    { type: "text", quoteToken: "q", text: "quoting", quotedMessageId: "468789577898262529" },
    {
      type: "sticker",
      quoteToken: "q",
      packageId: "446",
      stickerId: "1988",
      stickerResourceType: "ANIMATION_SOUND",
      keywords: ["cony"],
    },
    {
      type: "image",
      ...byLine,
      imageSet: {
        id: "E005D41A7288F41B65593ED38FF6E9834B046AB36A37921A56BC236F13A91855",
        index: 1,
        total: 2,
      },
    },
    { type: "image", quoteToken: "q", contentProvider: elsewhere },
    { type: "video", ...byLine, duration: 60_000 },
    { type: "audio", contentProvider: { type: "line" }, duration: 60_000 },
    { type: "file", fileName: "file.txt", fileSize: 2_138 },
    {
      type: "location",
      title: "my location",
      address: "〒102-8282",
      latitude: 35.67966,
      longitude: 139.73669,
    },
    { type: "hologram", volume: 3 },
  ];
  const events: object[] = [
    ...messages.map((message, i) => ({
      type: "message",
      replyToken: "r",
      source: user,
      message: { id: `4687895778982625${i}0`, ...message },
    })),
    {
      type: "messageEdited",
      replyToken: "r",
      source: group,
      message: { id: "1", type: "text", text: "edited", quoteToken: "q" },
    },
    {
      type: "message",
      source: group,
      message: { id: "2", type: "text", text: "in a group", quoteToken: "q" },
    },
    {
      type: "message",
      source: room,
      message: { id: "3", type: "text", text: "in a room", quoteToken: "q" },
    },
    {
      type: "message",
      mode: "standby",
      source: user,
      message: { id: "4", type: "text", text: "in standby", quoteToken: "q" },
    },
    { type: "unsend", source: user, unsend: { messageId: "325708" } },
    { type: "follow", replyToken: "r", source: user, follow: { isUnblocked: false } },
    { type: "unfollow", source: user },
    { type: "join", replyToken: "r", source: group },
    { type: "leave", source: group },
    { type: "memberJoined", replyToken: "r", source: group, joined: { members: [user] } },
    { type: "memberLeft", source: group, left: { members: [user] } },
    {
      type: "postback",
      replyToken: "r",
      source: user,
      postback: { data: "storeId=12345", params: { datetime: "2017-12-25T01:00" } },
    },
    {
      type: "postback",
      replyToken: "r",
      source: user,
      postback: { data: "menu", params: { newRichMenuAliasId: "a", status: "SUCCESS" } },
    },
    {
      type: "videoPlayComplete",
      replyToken: "r",
      source: user,
      videoPlayComplete: { trackingId: "track" },
    },
    {
      type: "beacon",
      replyToken: "r",
      source: user,
      beacon: { hwid: "d41d8cd98f", type: "enter", dm: "00" },
    },
    { type: "accountLink", replyToken: "r", source: user, link: { result: "ok", nonce: "n" } },
    { type: "accountLink", link: { result: "failed", nonce: "n" } },
    {
      type: "membership",
      replyToken: "r",
      source: user,
      membership: { type: "joined", membershipId: 3_189 },
    },
    { type: "module", module: { type: "attached", botId: "U1", scopes: ["message:send"] } },
    { type: "activated", source: user, chatControl: { expireAt: 1_462_629_479_859 } },
    { type: "deactivated", source: user },
    { type: "botSuspended" },
    { type: "botResumed" },
    {
      type: "delivery",
      delivery: {
        data: "15034552939884E28681A7D668CEA94C147C716C0EC9DFE8B80B44EF3B57F6BD0602366BC3",
      },
    },
    { type: "teleport", source: user },
  ];
  return events.map((event, i) => ({
    mode: "active",
    timestamp: 1_795_392_000_000 + i,
    webhookEventId: `01SHAPE${String(i).padStart(19, "0")}`,
    deliveryContext: { isRedelivery: false },
    ...event,
  }));
}
