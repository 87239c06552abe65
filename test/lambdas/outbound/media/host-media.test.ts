import {
  CountedOutage,
  HeldBack,
  MediaPending,
  OutageFailure,
  PermanentFailure,
  RefusedForNow,
  RetryableFailure,
} from "../../../../lambdas/shared/failures/failures.ts";
import { DownloadTooSlow } from "../../../../lambdas/shared/media/download-errors.ts";
import { startSender } from "../sender/sender.ts";

describe("hosting the media of a message", () => {
  const photo = {
    contentType: "Attachment",
    attachment: {
      mediaType: "Image",
      url: "https://api-downloads.mypurecloud.jp/1",
      mime: "image/png",
    },
  };

  it("hosts attachments and pushes them together with the text", async () => {
    const image = {
      kind: "image" as const,
      url: "https://media.example/1",
      previewUrl: "https://media.example/1-preview",
    };
    const { run, pushes, messages, stored } = startSender({ attachment: image });
    await run({ text: "写真です", content: [photo] });
    expect(stored).toEqual([["retail-thai/U1/g1/", 0, "https://api-downloads.mypurecloud.jp/1"]]);
    expect(pushes).toHaveLength(1);
    expect(messages).toEqual([
      { type: "text", text: "写真です" },
      { type: "image", originalContentUrl: image.url, previewImageUrl: image.previewUrl },
    ]);
  });

  describe("while images are being prepared", () => {
    const image = (index: number) => ({
      kind: "image" as const,
      url: `https://media.example/${index}`,
      previewUrl: `https://media.example/${index}`,
    });
    const pending = new MediaPending("An image of the message is being prepared.", 2);

    it("hands all of them over, sends nothing and looks again in two seconds", async () => {
      let isReady = false;
      const { run, pushes, stored, visibility, counts, messages } = startSender({
        attachment: (index) => (isReady || index === 2 ? image(index) : pending),
      });
      const message = { text: "写真です", content: [photo, photo, photo] };
      expect((await run(message)).batchItemFailures).toHaveLength(1);
      expect(stored).toHaveLength(3);
      expect([pushes, visibility]).toEqual([[], [2]]);
      // Nothing has failed, and no budget is used up.
      expect(counts).toEqual([]);
      isReady = true;
      expect(await run(message, { ApproximateReceiveCount: "2" })).toEqual({
        batchItemFailures: [],
      });
      expect(pushes).toHaveLength(1);
      expect(messages.slice(1)).toMatchObject(
        [0, 1, 2].map((index) => ({ originalContentUrl: image(index).url })),
      );
    });

    it("waits with a card, too", async () => {
      const { run, messages } = startSender({ attachment: pending });
      const { batchItemFailures } = await run(cardWith("https://api-downloads.mypurecloud.jp/2"));
      expect(batchItemFailures).toHaveLength(1);
      expect(messages).toEqual([]);
    });

    it("parks at once what has an attachment that cannot be had", async () => {
      const gone = new PermanentFailure("AttachmentGone", "404");
      const { run, parked } = startSender({
        attachment: (index) => (index === 0 ? pending : gone),
      });
      await run({ content: [photo, photo] });
      expect(parked).toEqual(["AttachmentGone"]);
    });
  });

  const cardWith = (image: string) => ({
    type: "Structured",
    content: [
      {
        contentType: "Card",
        card: {
          title: "羊毛外套",
          image,
          actions: [{ type: "Postback", text: "保留", payload: "p" }],
        },
      },
    ],
  });

  it("hosts the image of a card that Genesys Cloud holds, and leaves others where they are", async () => {
    const url = "https://media.example/1000000";
    const { run, messages, stored } = startSender({
      attachment: { kind: "image", url, previewUrl: url },
    });
    await run(cardWith("https://api-downloads.mypurecloud.jp/2"));
    expect(stored).toHaveLength(1);
    expect(messages).toMatchObject([{ template: { thumbnailImageUrl: url } }]);
    await run(cardWith("https://shop.example/coat.png"));
    expect(stored).toHaveLength(1);
    expect(messages[1]).toMatchObject({
      template: { thumbnailImageUrl: "https://shop.example/coat.png" },
    });
  });

  it.each([
    ["is not to be had", 0, new PermanentFailure("AttachmentGone", "404")],
    ["is not to be had now", 0, new RefusedForNow(new PermanentFailure("AttachmentGone", "423"))],
    ["fails alone at the fifth try", 4, new CountedOutage(new OutageFailure("500"), true)],
    ["is too slow at the third try", 2, new DownloadTooSlow("A download takes too long.")],
  ])("pushes a card without its image when that %s", async (_, failures, attachment) => {
    const { run, messages } = startSender({ attachment, failures });
    await run(cardWith("https://api-downloads.mypurecloud.jp/2"));
    expect(messages).toHaveLength(1);
    expect(JSON.stringify(messages)).not.toContain("mypurecloud");
  });

  it.each([
    ["fails alone at the fourth try", 3, new CountedOutage(new OutageFailure("500"), true)],
    ["fails as others do", 9, new CountedOutage(new OutageFailure("500"), false)],
    ["is held back", 9, new HeldBack("It does not work.", { isAccessRefused: false })],
  ])("waits with a card whose image %s", async (_, failures, attachment) => {
    const { run, messages } = startSender({ attachment, failures });
    const { batchItemFailures } = await run(cardWith("https://api-downloads.mypurecloud.jp/2"));
    expect(batchItemFailures).toHaveLength(1);
    expect(messages).toEqual([]);
  });

  it("pushes nothing of a message whose attachment cannot be had", async () => {
    const { run, pushes, enqueued, parked } = startSender({
      attachment: new PermanentFailure(
        "AttachmentTooLarge",
        "Too large.",
        "InvalidMediaContentLength",
      ),
    });
    await run({ text: "写真です", content: [photo] });
    expect(pushes).toEqual([]);
    expect(parked).toEqual(["AttachmentTooLarge"]);
    expect(enqueued[0]?.body).toContain("InvalidMediaContentLength");
  });

  it.each([
    ["at the second", new DownloadTooSlow("It takes too long."), 1, []],
    ["at the third", new DownloadTooSlow("It takes too long."), 2, ["AttachmentTooSlow"]],
    ["at the third, which has another cause", new RetryableFailure("No answer."), 2, []],
  ])(
    "gives an attachment up that is too slow: %s try",
    async (_, attachment, failures, letters) => {
      const { run, pushes, enqueued, parked } = startSender({ attachment, failures });
      const { batchItemFailures } = await run({ text: "写真です", content: [photo] });
      expect(batchItemFailures).toHaveLength(letters.length === 0 ? 1 : 0);
      expect(pushes).toEqual([]);
      expect(parked).toEqual(letters);
      const reasons = enqueued.map(({ body }) => JSON.parse(body).receipt.reason);
      expect(reasons).toEqual(
        letters.map(() => ({
          code: "GeneralError",
          message:
            "The attachment could not be fetched from Genesys Cloud within 10 s, at three tries.",
        })),
      );
    },
  );

  it("fails a message with an attachment that cannot be read, rather than leave it out", async () => {
    const { run, pushes, parked } = startSender();
    await run({
      text: "写真です",
      content: [{ contentType: "Attachment", attachment: { mime: "image/png" } }],
    });
    expect(pushes).toEqual([]);
    expect(parked).toEqual(["AttachmentUnreadable"]);
  });

  it("goes on at the next try where it ran out of time between attachments", async () => {
    const file = {
      kind: "file" as const,
      url: "https://media.example/1",
      fileName: "a.pdf",
      bytes: 1,
    };
    let isSlow = true;
    const { run, stored, pushes } = startSender({
      attachment: file,
      // Of 60 s, so that 44 s remain.
      hostingTakes: () => (isSlow ? 16_000 : 0),
    });
    const message = { content: [photo, photo] };
    expect((await run(message)).batchItemFailures).toHaveLength(1);
    expect([stored.length, pushes.length]).toEqual([1, 0]);
    isSlow = false;
    expect(await run(message)).toEqual({ batchItemFailures: [] });
    expect(pushes).toHaveLength(1);
  });
});
