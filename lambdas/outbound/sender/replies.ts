import type { messagingApi } from "@line/bot-sdk";
import type { Brand } from "../../shared/brand/brand.ts";
import { METRICS } from "../../shared/contract/metric-names.ts";
import { PUSH_ANYWAY } from "../../shared/contract/redriven.ts";
import { errorFields } from "../../shared/failures/bridge-error.ts";
import { OutcomeUnclear, PermanentFailure, Postponed } from "../../shared/failures/failures.ts";
import { REPLY_UNCLEAR } from "../../shared/line/failures.ts";
import { type Attempt, ensureTime } from "../../shared/queue/attempt.ts";
import type { Way } from "../../shared/tables/way-table.ts";
import type { Conversation } from "./read-conversation.ts";
import { takeToken } from "./take-token.ts";
import { isRedriven } from "./unknown-outcome.ts";

/** Pauses between tries to write down what became of a reply: what stays unwritten is unclear. */
const NOTE_PAUSES_MS = [200, 1_000, 3_000];

/** For so long after a deployment Lambda may still run the version before. https://aws.amazon.com/lambda/faqs/ */
const EITHER_VERSION_MS = 60_000;

type Messages = readonly messagingApi.Message[];

/**
 * The first part of one message as a reply to the customer, which LINE does not bill. LINE de-duplicates no
 * replies, so how the part goes out is decided once and written down before it leaves. Both calls resolve to
 * whether the part has gone out as a reply; else it is to be pushed. They throw PermanentFailure (`ReplyUnclear`),
 * Postponed while somebody else replies with it, and what the table throws.
 */
export interface Replies {
  /** As decided; where nothing is, by a reply if the brand wants that and a token is surely usable. */
  first(messages: Messages): Promise<boolean>;
  /** In the place of a push that LINE has refused for its monthly limit. */
  insteadOfPush(messages: Messages): Promise<boolean>;
  /** Notes that a push may have arrived which counts as no failed try: no reply is to follow it. Never throws. */
  pushHeldBack(): Promise<void>;
  /** Whether nobody knows what became of a reply, so that the message may have arrived. */
  isUnclear(): boolean;
}

export interface ReplyDependencies {
  /** In ms. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** When this sender has started, in ms. */
  startedAt: number;
}

/** `id` of the Genesys message; `to` is a user, group or room. */
export function createReplies(
  { id, to }: { id: string; to: string },
  { way: decided, customer, isOutdated }: Conversation,
  brand: Brand,
  attempt: Attempt,
  { now, sleep, startedAt }: ReplyDependencies,
): Replies {
  const { ways, settings } = brand;
  const isPushedAnyway = attempt.record.messageAttributes[PUSH_ANYWAY] !== undefined;
  let way = decided;

  /** What was decided. */
  async function follow(held: Way): Promise<boolean> {
    way = held;
    if (held.way === "push") return false;
    if (held.state === "accepted") return true;
    const waitMs = held.until - now();
    if (waitMs >= 0) {
      throw new Postponed("Another sender replies with it.", Math.ceil(waitMs / 1_000) + 1);
    }
    return unclear("The sender of the reply has ended.");
  }

  async function unclear(why: string): Promise<boolean> {
    if (settings.replyUnclear === "fail") throw replyUnclear();
    const wanted: Way = { way: "push", isUnclear: true };
    const held = await note(wanted);
    if (held === wanted) {
      brand.count(METRICS.replyUnclearPushed);
      brand.log.warn("Pushed, because nobody knows whether the reply has arrived", {
        correlationId: id,
        why,
      });
    }
    return follow(held);
  }

  async function reply(token: string, messages: Messages): Promise<boolean> {
    let failure: unknown;
    try {
      await brand.hosts.guard("line-api", attempt, async () => {
        try {
          await brand.line.reply(token, [...messages]);
        } catch (error) {
          // The guard may say it in other words.
          failure = error;
          throw error;
        }
      });
    } catch (error) {
      if (failure instanceof OutcomeUnclear) return unclear(failure.message);
      brand.log.info("To be pushed, because the reply did not go out", {
        correlationId: id,
        ...errorFields(failure ?? error),
      });
      return follow(await note({ way: "push", isUnclear: false }));
    }
    brand.count(METRICS.replied);
    await note({ way: "reply", state: "accepted" }).catch((error: unknown) => {
      // To try it again would double it for certain.
      brand.log.error("Replied, but could not record it", {
        correlationId: id,
        ...errorFields(error),
      });
    });
    return true;
  }

  async function note(to: Way): Promise<Way> {
    const change = () => ways.change(id, "a reply under way", to);
    for (const pause of NOTE_PAUSES_MS) {
      try {
        return await change();
      } catch {
        await sleep(pause);
      }
    }
    return change();
  }

  /** Whether surely no push of the message has been made that is not written down as decided. */
  async function isUnpushed(): Promise<boolean> {
    const { record, receives } = attempt;
    if (isRedriven(attempt)) return false;
    if (receives === 1) return true;
    if (settings.reply === "reply-first") {
      // Since it is the brand's setting, what is decided is written down before anything leaves.
      const firstReceived = Number(record.attributes.ApproximateFirstReceiveTimestamp);
      return firstReceived >= startedAt + EITHER_VERSION_MS;
    }
    return (await attempt.failures()) === 0 && (await brand.sent.get(id)) === undefined;
  }

  const token = (known: Parameters<typeof takeToken>[1]) =>
    takeToken({ id, to }, known, brand, attempt, now);

  return {
    async first(messages) {
      if (isPushedAnyway) return false;
      if (way !== undefined) return follow(way);
      if (settings.reply === "push") return false;
      // What cannot go out now is decided when it can: a token may be usable then.
      await brand.hosts.ensureWorking("line-api", attempt);
      ensureTime(attempt, now());
      const taken = (await isUnpushed()) ? await token({ customer, isOutdated }) : undefined;
      if (taken === undefined)
        return follow(await ways.decide(id, { way: "push", isUnclear: false }));
      const wanted = replying(attempt);
      const held = await ways.decide(id, wanted);
      return held === wanted ? reply(taken, messages) : follow(held);
    },
    async insteadOfPush(messages) {
      const { way: held, customer } = await ways.read(id, to);
      if (held?.way === "reply") return follow(held);
      // An earlier push may have arrived, whatever LINE says of its limit now.
      if (decided !== undefined || held?.isUnclear || !(await isUnpushed())) return false;
      const taken = await token({ customer });
      if (taken === undefined) return false;
      const wanted = replying(attempt);
      const holds = held ? await ways.change(id, "a push", wanted) : await ways.decide(id, wanted);
      return holds === wanted ? reply(taken, messages) : follow(holds);
    },
    async pushHeldBack() {
      if (way !== undefined) return;
      try {
        way = await ways.decide(id, { way: "push", isUnclear: false });
      } catch (error) {
        brand.log.warn("Could not note a push", { correlationId: id, ...errorFields(error) });
      }
    },
    isUnclear: () => isPushedAnyway || (way?.way === "push" && way.isUnclear),
  };
}

export function replyUnclear(): PermanentFailure {
  return new PermanentFailure(
    REPLY_UNCLEAR,
    "The message went out as a reply, and nobody knows whether it has arrived.",
  );
}

/** Whoever replies has ended when its time is up. */
function replying({ record, receives, endsAt }: Attempt): Way {
  return { way: "reply", state: "sending", by: `${record.messageId}#${receives}`, until: endsAt };
}
