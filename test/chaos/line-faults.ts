import * as z from "zod";
import type { Interfere, SimulatorAnswer } from "../../lib/local/simulators/simulator-server.ts";
import { markIn } from "./conversation.ts";
import { parse } from "./genesys-faults.ts";
import type { Ledger } from "./ledger.ts";
import type { Mishaps } from "./mishaps.ts";
import { PICTURE } from "./picture.ts";
import { platformFaults } from "./platform-faults.ts";

const token = z.object({ access_token: z.string() });
const CONTENT = /^\/v2\/bot\/message\/(\d+)\/content$/;

/** What goes wrong between the bridge and LINE. */
export function lineFaults(ledger: Ledger, mishaps: Mishaps): Interfere {
  const interfere = platformFaults({
    name: "LINE",
    chance: mishaps.chance,
    targetOf({ path, headers, body }) {
      const content = CONTENT.exec(path)?.[1];
      if (content !== undefined) {
        return {
          key: path,
          about: [indexOf(content), "content"],
          isPoison: false,
          kill: undefined,
        };
      }
      if (path !== "/v2/bot/message/push") return undefined;
      const mark = markIn(JSON.stringify(parse(body)));
      const spoken = ledger.spoken[mark?.index ?? -1];
      if (mark === undefined || spoken === undefined) return undefined;
      return {
        key: `${headers["x-line-retry-key"]}`,
        about: [spoken.index, mark.part],
        ...mishaps.fateOf(spoken),
      };
    },
    refusal,
    isOut: () => mishaps.isOut("LINE"),
    kill: () => mishaps.kill("outbound-sender"),
    count: ledger.count,
  });
  return async (request, pass) => {
    const held = CONTENT.test(request.path);
    const answer = await interfere(request, held ? async () => picture() : pass);
    const issued = token.safeParse(answer?.body).data?.access_token;
    if (issued !== undefined) ledger.secrets.add(issued);
    return answer;
  };

  function indexOf(id: string): number {
    return ledger.byId.get(id)?.index ?? -1;
  }
}

/** LINE's content server; the simulated one holds only what was sent through it. */
function picture(): SimulatorAnswer {
  return { status: 200, headers: { "content-type": "image/png" }, bytes: PICTURE };
}

/** LINE's forms of refusal. */
function refusal(status: number): SimulatorAnswer {
  const message = {
    400: "The request body has 1 error(s)",
    401: "Authentication failed. Confirm that the access token in the authorization header is valid.",
    429: "The API rate limit has been exceeded. Try again later.",
  }[status];
  return { status, body: { message: message ?? "Internal Server Error" } };
}
