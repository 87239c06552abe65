import { useRef } from "preact/hooks";
import { lineContentOf, readFile } from "../files.ts";

/**
 * Sends files one after another, in the order in which they were chosen, also when more are chosen meanwhile.
 * What is wrong with one is told, and the others are sent.
 */
export function useSentFiles(
  does: (what: object) => Promise<unknown>,
  tell: (reason: string) => void,
): (files: Iterable<File>) => Promise<void> {
  const last = useRef(Promise.resolve());
  const sendFile = async (file: File) => {
    try {
      const { type, base64 } = await readFile(file);
      const content = await lineContentOf(file);
      await does({ content, media: { contentType: type, base64 } });
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
    }
  };
  return (files) => {
    for (const file of files) last.current = last.current.then(() => sendFile(file));
    return last.current;
  };
}
