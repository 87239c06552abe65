import { type FirstArrival, judgeOrder, noSwaps } from "./order.ts";
import type { Receive } from "./receives.ts";

const ARRIVED = 1_000;

/** `place` in the queue and `time` of writing; the first part unless said otherwise. */
function message(index: number, place: number, time?: number, part = 1): FirstArrival {
  return { index, part, at: ARRIVED, id: `m${index}`, sequence: BigInt(place), time };
}

/** One receive, of the messages in the queue's order. */
function receive(messages: FirstArrival[], options: Partial<Receive> = {}): Receive {
  const ids = messages.map(({ id }) => id);
  return { at: ARRIVED - 100, ids, isTimed: true, isExposed: false, ...options };
}

function judged(arrived: FirstArrival[], given: Receive[]) {
  const receives = new Map(
    arrived.map(({ id }) => [id, given.filter(({ ids }) => ids.includes(id))]),
  );
  const swaps = noSwaps();
  judgeOrder(arrived, receives, swaps);
  const { explained, unexplained } = swaps;
  return { ...explained, tooEarly: unexplained };
}

const IN_ORDER = { byTime: 0, bySequence: 0, tooEarly: { byTime: [], bySequence: [] } };

describe("the judge of one customer's order", () => {
  it("asks for no receive where both orders are kept", () => {
    expect(judged([message(1, 10, 100), message(2, 20, 100), message(3, 30, 300)], [])).toEqual(
      IN_ORDER,
    );
    expect(judged([], [])).toEqual(IN_ORDER);
  });

  describe("of a pair that is swapped by time", () => {
    const [newer, older] = [message(1, 10, 200), message(2, 20, 100)];
    const explained = { ...IN_ORDER, byTime: 1 };
    const unexplained = { ...IN_ORDER, tooEarly: { byTime: [1], bySequence: [] } };

    it.each<[string, Receive[], object]>([
      [
        "a receive that held one without the other",
        [receive([newer]), receive([older])],
        explained,
      ],
      [
        "one that held both, with a message that has no time",
        [receive([newer, older], { isTimed: false })],
        explained,
      ],
      ["none that held both", [receive([newer, older])], unexplained],
      ["none that held only the other", [receive([older]), receive([newer, older])], unexplained],
      ["none at all", [], unexplained],
      [
        "none before the last try",
        [receive([newer], { at: 1 }), receive([newer, older])],
        unexplained,
      ],
      [
        "one that was not over when the next began",
        [receive([newer], { at: 1, isExposed: true }), receive([newer, older])],
        explained,
      ],
      [
        "none after the arrival",
        [receive([newer, older]), receive([newer], { at: ARRIVED + 1 })],
        unexplained,
      ],
    ])("accepts %s", (_what, receives, expected) => {
      expect(judged([newer, older], receives)).toEqual(expected);
    });
  });

  describe("of a pair that is swapped by sequence", () => {
    const [older, newer] = [message(2, 20, 100), message(1, 10, 200)];
    const explained = { ...IN_ORDER, bySequence: 1 };
    const unexplained = { ...IN_ORDER, tooEarly: { byTime: [], bySequence: [2] } };

    it.each<[string, Receive[], object]>([
      ["a receive that held both", [receive([newer, older])], explained],
      [
        "none that held both, with a message that has no time",
        [receive([newer, older], { isTimed: false })],
        unexplained,
      ],
      ["none that held one without the other", [receive([older]), receive([newer])], unexplained],
      ["none at all", [], unexplained],
      [
        "none before the last try",
        [receive([newer, older], { at: 1 }), receive([older])],
        unexplained,
      ],
      ["none after the arrival", [receive([newer, older], { at: ARRIVED + 1 })], unexplained],
    ])("accepts %s", (_what, receives, expected) => {
      expect(judged([older, newer], receives)).toEqual(expected);
    });
  });

  it("accepts nothing for a pair that is swapped by both", () => {
    const [first, second] = [message(1, 20, 200), message(2, 10, 100)];
    const unexplained = { ...IN_ORDER, tooEarly: { byTime: [], bySequence: [1] } };
    for (const receives of [[receive([second, first])], [receive([first]), receive([second])]]) {
      expect(judged([first, second], receives)).toEqual(unexplained);
    }
  });

  it("wants the queue's order of messages of the same time, and of those without one", () => {
    for (const time of [100, undefined]) {
      const [first, second] = [message(1, 20, time), message(2, 10, time)];
      const together = receive([second, first], { isTimed: time !== undefined });
      expect(judged([first, second], [together])).toEqual({
        ...IN_ORDER,
        tooEarly: { byTime: [], bySequence: [1] },
      });
    }
  });

  it("wants the parts of a message one after the other, and counts a pair of messages once", () => {
    const parts = [message(1, 10, 100, 2), message(1, 10, 100, 1)];
    expect(judged(parts, [receive(parts)])).toEqual({
      ...IN_ORDER,
      tooEarly: { byTime: [], bySequence: [1] },
    });
    const [older, ...newer] = [message(2, 20, 100), message(1, 10, 200, 1), message(1, 10, 200, 2)];
    expect(judged([older, ...newer], [receive([message(1, 10, 200), older])])).toEqual({
      ...IN_ORDER,
      bySequence: 1,
    });
  });
});
