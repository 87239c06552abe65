/** An agent's attachment as LINE can show it, hosted for LINE's phones. URLs are https and at most 2,000 characters. */
export type LineAttachment =
  /** JPEG or PNG of at most 10 MB, with a preview of at most 1 MB. */
  | { kind: "image"; url: string; previewUrl: string }
  /** mp4 of at most 200 MB. */
  | { kind: "video"; url: string; previewUrl: string }
  /** mp3 or m4a of at most 200 MB. */
  | { kind: "audio"; url: string; durationMs: number }
  /** Everything else. A bot cannot send files in LINE, so it is shown as a card with a link. */
  | { kind: "file"; url: string; fileName: string; bytes: number };
