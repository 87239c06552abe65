import { styleText } from "node:util";
import * as z from "zod";
import { localTime } from "./console/page/local-time.ts";
import { outcomeOf } from "./console/way-state.ts";
import type { GatewayRequest } from "./gateway/gateway.ts";
import type { LogLine } from "./log-line.ts";
import type { Traffic } from "./simulators/traffic.ts";

/** One line for a person about a message between a platform and the bridge; undefined if it is no message. */
export function trafficLine(traffic: Traffic): string | undefined {
  const { from, to, brandKey = "", what, text = "", status, milliseconds } = traffic;
  // These are requests for tokens and profiles.
  if (what === "token" || what.startsWith("GET ")) return undefined;
  return hopLine(traffic.at, from, to, brandKey, status, milliseconds, `${what}  ${oneLine(text)}`);
}

/** A request to a webhook, as the gateway sees it. */
export function requestLine(request: GatewayRequest, now: number): string {
  const [, platform = "", brandKey = ""] = request.path.split("/");
  const from = platform === "genesys" ? "Genesys" : "LINE";
  return hopLine(now, from, "bridge", brandKey, request.status, request.milliseconds, "webhook");
}

const deliveryLog = z.object({
  message: z.string().regex(/^Delivered to (LINE|Genesys)$/),
  brand: z.string(),
});

/** A delivery to a server that replaces a built-in simulator, from the function's log; undefined for other lines. */
export function deliveryLine(
  { text }: LogLine,
  replaced: ReadonlySet<string>,
  now: number,
): string | undefined {
  const log = deliveryLog.safeParse(parse(text));
  const to = log.data?.message.slice("Delivered to ".length) ?? "";
  if (!log.success || !replaced.has(to)) return undefined;
  return hopLine(now, "bridge", to, log.data.brand, undefined, undefined, "delivered");
}

const functionLog = z.object({ level: z.string(), message: z.string() });
const SHOWN_LEVELS = new Set(["WARN", "ERROR", "CRITICAL"]);

/**
 * What a function says of a message that does not arrive for now or for good, in the console's words, or another
 * warning or error of it; undefined for its other log lines.
 */
export function warningLine({ source, stream, text }: LogLine): string | undefined {
  const fields = parse(text);
  const log = functionLog.safeParse(fields);
  if (!log.success) return stream === "stdout" ? undefined : warning(source, text);
  const { level, message } = log.data;
  const outcome = outcomeOf({ message });
  const isShown = outcome === undefined ? SHOWN_LEVELS.has(level) : outcome !== "delivered";
  if (!isShown) return undefined;
  // What was not pushed says why in its message.
  const [, why = ""] = /^Not pushed: (.*)$/.exec(message) ?? [];
  const said = [why, detail(fields)].filter(Boolean).join(" ");
  if (outcome === undefined) return warning(source, `${message} ${said}`);
  return warning(source, said === "" ? outcome : `${outcome}: ${said}`);
}

function warning(source: string, text: string): string {
  return styleText("yellow", `              ${source}: ${text}`);
}

const logDetail = z.object({
  errorMessage: z.string().optional(),
  errorName: z.string().optional(),
  fault: z.string().optional(),
  seconds: z.number().optional(),
});

function detail(fields: unknown): string {
  const { errorMessage, errorName, fault, seconds } = logDetail.safeParse(fields).data ?? {};
  const next = seconds === undefined ? "" : `(next try in ${seconds} s)`;
  return [fault ?? errorMessage ?? errorName ?? "", next].filter(Boolean).join(" ");
}

function hopLine(
  at: number,
  from: string,
  to: string,
  brandKey: string,
  status: number | undefined,
  milliseconds: number | undefined,
  what: string,
): string {
  const time = `${localTime(at)}.${String(at % 1_000).padStart(3, "0")}`;
  const isGood = status === undefined || (status >= 200 && status < 400) || status === 409;
  const result = styleText(isGood ? "green" : "red", String(status ?? "").padEnd(3));
  const duration = milliseconds === undefined ? "" : `${milliseconds} ms`;
  const hop = `${from.padEnd(7)} → ${to.padEnd(7)}`;
  return `${styleText("dim", time)}  ${hop}  ${brandKey.padEnd(14)} ${result} ${duration.padStart(8)}  ${what}`;
}

function oneLine(text: string): string {
  const joined = text
    .replace(/\s+/g, " ")
    .replace(/\p{Cc}/gu, "")
    .trim();
  return joined.length > 80 ? `${joined.slice(0, 79)}…` : joined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
