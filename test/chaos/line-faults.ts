import * as z from "zod";
import type {
  Interfere,
  SimulatorAnswer,
  SimulatorRequest,
} from "../../lib/local/simulators/simulator-server.ts";
import { markIn } from "./conversation.ts";
import { parse } from "./genesys-faults.ts";
import type { Ledger } from "./ledger.ts";
import type { Mishaps } from "./mishaps.ts";
import { PICTURE } from "./picture.ts";
import { platformFaults } from "./platform-faults.ts";
import { troubleFaults } from "./trouble-faults.ts";

const token = z.object({ access_token: z.string() });
const CONTENT = /^\/v2\/bot\/message\/(\d+)\/content$/;
/** Of a brand's images, in the part of the run in which much goes wrong. */
const LATE = 0.4;
const LATE_MS = 75_000;
const USER = /U[0-9a-f]{32}/;

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
          about: [ledger.byId.get(content)?.index ?? -1, "content"],
          brandKey: ledger.byId.get(content)?.brandKey ?? "",
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
        brandKey: spoken.brandKey,
        ...mishaps.fateOf(spoken),
      };
    },
    refusal,
    isOut: () => mishaps.isOut("LINE"),
    isCalm: mishaps.troubles.isHealthyAndCalm,
    kill: () => mishaps.kill("outbound-sender"),
    count: ledger.count,
  });
  const troubled = troubleFaults(
    { name: "LINE", ofRequest, refusal, count: ledger.count },
    mishaps.troubles,
    interfere,
  );
  const brandOfUser = new Map(
    ledger.spoken.map(({ customer, brandKey }) => [customer.userId, brandKey]),
  );

  /** Tokens are issued also for a brand that is down. */
  function ofRequest({ path, body }: SimulatorRequest) {
    const [userId = ""] = USER.exec(path) ?? USER.exec(body.toString()) ?? [];
    const content = ledger.byId.get(CONTENT.exec(path)?.[1] ?? "");
    const brandKey = content?.brandKey ?? brandOfUser.get(userId);
    return brandKey === undefined ? undefined : { brandKey };
  }

  const askedFirst = new Map<string, number>();

  /** Some content cannot be had for longer than a customer's texts wait for it. */
  function comesLate(path: string): boolean {
    const spoken = ledger.byId.get(CONTENT.exec(path)?.[1] ?? "");
    if (spoken === undefined || mishaps.chance.of("late content", spoken.index) >= LATE)
      return false;
    const first = askedFirst.get(path) ?? Date.now();
    if (mishaps.isEarly()) askedFirst.set(path, first);
    return askedFirst.has(path) && Date.now() - first < LATE_MS;
  }

  return async (request, pass) => {
    const held = CONTENT.test(request.path);
    if (held && comesLate(request.path)) {
      ledger.count("LINE: content comes late, 400");
      return refusal(400);
    }
    const answer = await troubled(request, held ? async () => picture() : pass);
    const issued = token.safeParse(answer?.body).data?.access_token;
    if (issued !== undefined) ledger.secrets.add(issued);
    return answer;
  };
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
