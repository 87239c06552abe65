import * as z from "zod";
import type {
  Interfere,
  SimulatorAnswer,
  SimulatorRequest,
} from "../../lib/local/simulators/simulator-server.ts";
import type { Ledger } from "./ledger.ts";
import type { Mishaps } from "./mishaps.ts";
import { platformFaults } from "./platform-faults.ts";
import { troubleFaults } from "./trouble-faults.ts";

const posted = z.object({ channel: z.object({ messageId: z.string() }) });
const receipt = z.object({ id: z.string() });
const token = z.object({ access_token: z.string() });

/** What goes wrong between the worker and Genesys Cloud. */
export function genesysFaults(ledger: Ledger, mishaps: Mishaps): Interfere {
  const interfere = platformFaults({
    name: "Genesys",
    chance: mishaps.chance,
    targetOf({ path, body }) {
      if (path.endsWith("/receipt")) return receiptTarget(body);
      const key = postedKey(path, body);
      const spoken = spokenOf(key);
      if (key === undefined || spoken === undefined) return undefined;
      const about = [spoken.index, key.slice(spoken.id.length)];
      return { key, ...mishaps.fateOf(spoken), brandKey: spoken.brandKey, about };
    },
    refusal,
    isOut: () => mishaps.isOut("Genesys"),
    isCalm: mishaps.troubles.isMeasured,
    kill: () => mishaps.kill("worker"),
    count: ledger.count,
    onEffect(effect) {
      ledger.accepted.push(effect);
    },
  });
  const troubled = troubleFaults(
    { name: "Genesys", ofRequest, refusal, count: ledger.count },
    mishaps.troubles,
    interfere,
  );

  /** A receipt names the agent's message. */
  function receiptTarget(body: Buffer) {
    const id = receipt.safeParse(parse(body)).data?.id ?? "";
    const { index = -1, brandKey = "" } = ledger.byId.get(id) ?? {};
    const about = [index, "receipt"];
    return { key: `receipt ${id}`, about, brandKey, isPoison: false, kill: undefined };
  }

  /** Its login works also for a brand that is down: so its API is what the probes of a breaker find out. */
  function ofRequest({ path, body }: SimulatorRequest) {
    if (path.endsWith("/receipt")) return receiptTarget(body);
    const message = spokenOf(postedKey(path, body));
    return message && { brandKey: message.brandKey, message };
  }

  function spokenOf(key: string | undefined) {
    return ledger.byId.get(key?.split("#")[0] ?? "");
  }

  return async (request, pass) => {
    const answer = await troubled(request, pass);
    const issued = token.safeParse(answer?.body).data?.access_token;
    if (issued !== undefined) ledger.secrets.add(issued);
    return answer;
  };
}

/** The id of a message, or of a part of one, that is delivered. */
function postedKey(path: string, body: Buffer): string | undefined {
  return path.includes("/inbound/open")
    ? posted.safeParse(parse(body)).data?.channel.messageId
    : undefined;
}

/** Genesys Cloud's forms of refusal. */
function refusal(status: number): SimulatorAnswer {
  const code = { 400: "bad.request", 401: "bad.credentials", 429: "too.many.requests" }[status];
  return {
    status,
    headers: status === 429 ? { "retry-after": "1" } : {},
    body: { message: "refused", code: code ?? "internal.server.error", status, contextId: "chaos" },
  };
}

export function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
