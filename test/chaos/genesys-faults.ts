import * as z from "zod";
import type { Interfere, SimulatorAnswer } from "../../lib/local/simulators/simulator-server.ts";
import type { Ledger } from "./ledger.ts";
import type { Mishaps } from "./mishaps.ts";
import { platformFaults } from "./platform-faults.ts";

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
      if (!path.includes("/inbound/open")) return undefined;
      const key = posted.safeParse(parse(body)).data?.channel.messageId;
      const spoken = ledger.byId.get(key?.split("#")[0] ?? "");
      if (key === undefined || spoken === undefined) return undefined;
      return { key, ...mishaps.fateOf(spoken), about: [spoken.index, key.slice(spoken.id.length)] };
    },
    refusal,
    isOut: () => mishaps.isOut("Genesys"),
    kill: () => mishaps.kill("worker"),
    count: ledger.count,
    onEffect(effect) {
      ledger.accepted.push(effect);
    },
  });
  /** A receipt names the agent's message. */
  function receiptTarget(body: Buffer) {
    const id = receipt.safeParse(parse(body)).data?.id ?? "";
    const index = ledger.byId.get(id)?.index ?? -1;
    return { key: `receipt ${id}`, about: [index, "receipt"], isPoison: false, kill: undefined };
  }

  return async (request, pass) => {
    const answer = await interfere(request, pass);
    const issued = token.safeParse(answer?.body).data?.access_token;
    if (issued !== undefined) ledger.secrets.add(issued);
    return answer;
  };
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
