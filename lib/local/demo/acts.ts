import type { Sample } from "./samples.ts";
import type { AgentSends, CustomerDoes } from "./script.ts";
import { type PhoneLine, type Tap, tapsOf } from "./seen-lines.ts";

/** The body of POST /api/line of the console for it. Throws when the phone does not show the button. */
export function customerActOf(does: CustomerDoes, lines: PhoneLine[]): object {
  const received = lines.filter(({ from }) => from === "account");
  if ("content" in does) {
    const quoted = does.quotes && { quotedMessageId: received.at(-1)?.id };
    return { content: { ...does.content, ...quoted } };
  }
  if ("sample" in does) return sampleAct(does.sample);
  if ("unsends" in does) {
    // The words that LINE shows for a tap cannot be unsent.
    const own = lines.findLast(
      ({ from, message }) => from === "customer" && message.markAsReadToken !== undefined,
    );
    return { unsend: own?.id };
  }
  const taps = received.flatMap(({ message }) => tapsOf(message));
  if ("picks" in does) {
    const picker = taps.findLast(({ type }) => type === "datetimepicker");
    if (picker === undefined) throw new Error("the phone shows no date picker");
    return tapAct(picker, does.picks);
  }
  const tap = taps.findLast(({ label }) => label === does.taps);
  if (tap === undefined) throw new Error(`the phone shows no button ${does.taps}`);
  return tapAct(tap);
}

function sampleAct({ name, kind, contentType, bytes, duration }: Sample): object {
  return {
    content: {
      type: kind,
      ...(kind === "file" && { fileName: name }),
      ...(duration !== undefined && { duration }),
    },
    media: { contentType, base64: bytes.toString("base64") },
  };
}

function tapAct(tap: Tap, picks?: string): object {
  if (tap.type === "uri") throw new Error(`${tap.label} only opens a page`);
  const { data, displayText, mode } = tap;
  return {
    tap: {
      data,
      ...(displayText !== undefined && { displayText }),
      ...(mode !== undefined && picks !== undefined && { params: { [mode]: picks } }),
    },
  };
}

/** The body of POST /api/genesys of the console for it. */
export function agentActOf(sends: AgentSends): object {
  if ("message" in sends) return sends;
  const { text, sample } = sends;
  if (sample === undefined) return { text };
  const { name: filename, contentType: mime, bytes } = sample;
  const base64 = bytes.toString("base64");
  return { ...(text !== undefined && { text }), files: [{ filename, mime, base64 }] };
}
