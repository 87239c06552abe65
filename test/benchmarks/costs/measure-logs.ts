import * as z from "zod";
import { SERVICES } from "../../../lambdas/shared/contract/services.ts";
import { startLocalRun } from "../../../lib/local/local-run.ts";
import type { LogLine } from "../../../lib/local/log-line.ts";
import { readOptions } from "../../../lib/local/options.ts";
import { eventually } from "../../lib/local/eventually.ts";
import { BYTES_A_LINE } from "./counts.ts";

export interface MeasuredLogs {
  /** By service: bytes that CloudWatch would bill for one message. */
  bytes: Record<string, number>;
  /** The metrics that were written, as ORDINARY_METRICS names them. */
  metrics: { market: string[]; brand: string[] };
}

const WARM_UP = 3;
const MESSAGES = 20;
const BRAND = "retail-thai";

const emf = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

/** Runs a market here, and lets messages of one text go both ways, one after the other. */
export async function measureLogs(): Promise<MeasuredLogs> {
  let lines: LogLine[] = [];
  const nothing = () => undefined;
  const run = await startLocalRun(readOptions(["--port", "0", "--no-console"]), {
    onTraffic: nothing,
    onRequest: nothing,
    onFailure: nothing,
    onLog: (line) => line.stream === "stdout" && lines.push(line),
  });
  try {
    const { line, genesys } = run;
    if (line === undefined || genesys === undefined) throw new Error("no simulators");
    const logged = (text: string) => lines.filter((one) => one.text.includes(text)).length;
    const talk = async (messages: number) => {
      const before = [logged('"Delivered to Genesys"'), logged('"Delivered to LINE"')];
      for (let n = 1; n <= messages; n++) {
        await line.send(BRAND, "Niran", { type: "text", text: "When do you open today?" });
        await eventually(
          () => logged('"Delivered to Genesys"') === (before[0] ?? 0) + n || undefined,
          30_000,
        );
        const { userId } = line.customers.named("Niran");
        await genesys.reply(BRAND, userId, { type: "Text", text: "From nine to six." });
        await eventually(
          () => logged('"Delivered to LINE"') === (before[1] ?? 0) + n || undefined,
          30_000,
        );
      }
      // The metrics of an invocation leave it at its end.
      await new Promise((resolve) => setTimeout(resolve, 500));
    };
    // Tokens, secrets and names.
    await talk(WARM_UP);
    lines = [];
    await talk(MESSAGES);
    const services = Object.values(SERVICES).filter((service) => service !== SERVICES.hourlyCheck);
    const bytes = Object.fromEntries(
      services.map((service) => [service, Math.round(billed(lines, service) / MESSAGES)]),
    );
    const metrics = metricsIn(lines);
    return { bytes, metrics };
  } finally {
    await run.close();
  }
}

/** What CloudWatch bills for a function's lines, in bytes. */
export function billed(lines: readonly LogLine[], service: string): number {
  return lines
    .filter(({ source }) => source === service)
    .reduce((sum, { text }) => sum + Buffer.byteLength(text) + BYTES_A_LINE, 0);
}

function metricsIn(lines: readonly LogLine[]): MeasuredLogs["metrics"] {
  const found = { market: new Set<string>(), brand: new Set<string>() };
  for (const { text } of lines) {
    if (!text.startsWith('{"_aws":')) continue;
    const { _aws, service } = emf.parse(JSON.parse(text));
    for (const { Dimensions, Metrics } of _aws.CloudWatchMetrics) {
      const names = Dimensions.flat();
      for (const { Name } of Metrics) {
        const name = names.includes("service") ? `${service} ${Name}` : Name;
        found[names.includes("brand") ? "brand" : "market"].add(name);
      }
    }
  }
  return { market: [...found.market].sort(), brand: [...found.brand].sort() };
}
