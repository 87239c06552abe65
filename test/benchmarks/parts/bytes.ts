import { bundleContents } from "../../bundle-contents.ts";
import { comparedTo, counted, type Figure } from "../figures/figure.ts";
import { AS_USUAL, STOCK } from "../start/prepare-starts.ts";

const ENTRIES = {
  inbound: "lambdas/inbound/start.ts",
  worker: "lambdas/worker/start.ts",
  "outbound-webhook": "lambdas/outbound/webhook/start.ts",
  "outbound-sender": "lambdas/outbound/sender/start.ts",
  "outbound-images": "lambdas/outbound/images/index.ts",
  "hourly-check": "lambdas/hourly-check/index.ts",
};
/** Packages of a bundle that have a line of their own. */
const LARGEST = 5;

/** The bundle of each function, what of it is loaded at the start, and what is in it, against a stock SQS client. */
export async function bytes(): Promise<Figure[]> {
  const stock = kilobytes(
    STOCK,
    bundleContents(`test/benchmarks/start/${STOCK}.ts`, AS_USUAL).all.bytes,
  );
  const figures = Object.entries(ENTRIES).flatMap(([service, entry]) => {
    const { all, atStart } = bundleContents(entry);
    const others = all.packages.slice(LARGEST).reduce((sum, [, size]) => sum + size, 0);
    return [
      comparedTo(kilobytes(service, all.bytes), stock),
      comparedTo(kilobytes(`${service}, loaded at the start`, atStart.bytes), stock),
      ...all.packages
        .slice(0, LARGEST)
        .map(([name, size]) => kilobytes(`${service}: ${name}`, size)),
      kilobytes(`${service}: ${all.packages.length - LARGEST} others`, others),
    ];
  });
  return [stock, ...figures];
}

function kilobytes(name: string, size: number): Figure {
  return counted("bytes", name, "kB", size / 1_000);
}
