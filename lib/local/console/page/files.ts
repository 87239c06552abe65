const MAX_BYTES = 30_000_000;

/** A file from the disk in the form that programs send to the console. Throws when it is too large. */
export async function readFile(
  file: File,
): Promise<{ name: string; type: string; base64: string }> {
  if (file.size > MAX_BYTES) throw new Error(`${file.name} is larger than 30 MB.`);
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
  const type = file.type || "application/octet-stream";
  return { name: file.name, type, base64: url.slice(url.indexOf(",") + 1) };
}

/** The message that LINE sends for a file; a video or audio that the browser cannot play is sent as a file. */
export async function lineContentOf(file: File): Promise<object> {
  const [kind] = file.type.split("/");
  if (kind === "image") return { type: "image" };
  const duration = kind === "video" || kind === "audio" ? await durationOf(file) : undefined;
  return duration === undefined ? { type: "file", fileName: file.name } : { type: kind, duration };
}

/** The length of a video or audio in milliseconds; undefined if the browser cannot play it. */
function durationOf(file: File): Promise<number | undefined> {
  const player = document.createElement(file.type.startsWith("video/") ? "video" : "audio");
  const url = URL.createObjectURL(file);
  return new Promise((resolve) => {
    const done = () => {
      URL.revokeObjectURL(url);
      const { duration } = player;
      resolve(Number.isFinite(duration) ? Math.max(1, Math.round(duration * 1000)) : undefined);
    };
    player.addEventListener("loadedmetadata", done, { once: true });
    player.addEventListener("error", done, { once: true });
    player.preload = "metadata";
    player.src = url;
  });
}
