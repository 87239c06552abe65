import { comparedInTurns, type Figure, measured } from "../figures/figure.ts";
import { STOCK } from "../start/prepare-starts.ts";
import { SIGNING_SECRET } from "../start/stand-ins.ts";
import { openStartRoom, type StartRoom } from "../start/start-room.ts";
import { keepWarm } from "../warm/keep-warm.ts";
import { lineInvocation, lineRequest } from "../warm/line-webhooks.ts";
import { makeWarm } from "../warm/make-warm.ts";

const BRAND = "retail-thai";
const EVENTS = [1, 10];
/** Until the compiler of V8 has nothing more to do. */
const WARM_UP = 800;
const ROUNDS = 81;
/** Webhooks in a round: so few that what else the machine does meets both. */
const IN_A_ROUND = 20;
const REACH = 1;

/**
 * The warm inbound function against an Express app with LINE's own middleware: each sends the same batches to the same
 * server. The function is invoked as Lambda's runtime does it, the app gets HTTP: what each of them has to do there.
 */
export async function cpu(): Promise<Figure[]> {
  const room = await openStartRoom();
  try {
    const figures: Figure[] = [];
    for (const events of EVENTS) figures.push(...(await measureCpu(room, events)));
    return figures;
  } finally {
    await room.close();
  }
}

async function measureCpu(room: StartRoom, events: number): Promise<Figure[]> {
  const { program, expressApp } = makeWarm(room.directory);
  const starts = room.startsOf();
  const { bundle = "", environment = {} } = starts.get("inbound") ?? {};
  const ofApp = {
    ...starts.get(STOCK)?.environment,
    NODE_ENV: "production",
    CHANNEL_SECRET: SIGNING_SECRET,
  };
  const inbound = await keepWarm({ program, bundle, environment });
  const app = await keepWarm({ program, bundle: expressApp, environment: ofApp });
  const ms = { inbound: [] as number[], app: [] as number[] };
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const count = round === 0 ? WARM_UP : IN_A_ROUND;
      const numbers = Array.from({ length: count }, (_, index) => round * WARM_UP + index);
      const invocations = numbers.map((n) => lineInvocation(BRAND, events, n));
      const invoked = await inbound.invoke(invocations, '"statusCode":200');
      const requests = numbers.map((n) => lineRequest(BRAND, events, n));
      const before = await app.cpu();
      for (const request of requests) await app.ask(request);
      const used = (await app.cpu()) - before;
      if (round === 0) continue;
      ms.inbound.push(invoked.cpu / count);
      ms.app.push(used / count);
    }
  } finally {
    await inbound.close();
    await app.close();
  }
  const of = events === 1 ? "1 event" : `${events} events`;
  const ours = measured("cpu", `inbound, a webhook of ${of}`, "ms", ms.inbound);
  const theirs = measured("cpu", `Express and LINE's middleware, ${of}`, "ms", ms.app);
  const perMessage = ms.inbound.map((each) => each / events);
  return [
    comparedInTurns([ours, ms.inbound], [theirs, ms.app], REACH),
    theirs,
    measured("cpu", `inbound, a message of ${of}`, "ms", perMessage),
  ];
}
