import { setTimeout as sleep } from "node:timers/promises";
import { channelSecretSchema } from "../../../../lambdas/shared/line/channel-secret.ts";
import {
  createRotatingSecret,
  type SecretVersion,
} from "../../../../lambdas/shared/secrets/rotating-secret.ts";

const HOUR = 3_600_000;

function setUp(current: string | undefined) {
  const state = {
    now: 100 * HOUR,
    reads: 0,
    isDown: false,
    hangs: false,
    versions: { AWSCURRENT: version(current, 0), AWSPREVIOUS: undefined } as Record<
      "AWSCURRENT" | "AWSPREVIOUS",
      SecretVersion | undefined
    >,
  };
  const secret = createRotatingSecret(
    "Thailand/retail-thai/line",
    channelSecretSchema,
    async (_, stage) => {
      if (state.isDown)
        throw Object.assign(new Error("quotes what it got"), { name: "TimeoutError" });
      if (stage === "AWSCURRENT") state.reads++;
      if (state.hangs) return new Promise(() => undefined);
      return state.versions[stage];
    },
    () => state.now,
  );
  const rotate = (text: string) => {
    state.versions = {
      AWSCURRENT: version(text, state.now),
      AWSPREVIOUS: state.versions.AWSCURRENT,
    };
  };
  const accepts = async (value: string) => {
    for await (const { channelSecret } of secret.candidates()) {
      if (channelSecret === value) return true;
    }
    return false;
  };
  return { state, secret, rotate, accepts };
}

const version = (text: string | undefined, createdAt: number) =>
  text === undefined ? undefined : { text, createdAt };
const stored = (channelSecret: string) => JSON.stringify({ channelId: "1", channelSecret });

describe("a rotating secret", () => {
  it("is read once in five minutes", async () => {
    const { state, secret } = setUp(stored("old"));
    await Promise.all([secret.get(), secret.get()]);
    state.now += 299_000;
    await secret.get();
    expect(state.reads).toBe(1);
    state.now += 2_000;
    await secret.get();
    expect(state.reads).toBe(2);
  });

  it("accepts a new value at once, by reading again on a mismatch", async () => {
    const { rotate, accepts } = setUp(stored("old"));
    expect(await accepts("old")).toBe(true);
    rotate(stored("new"));
    expect(await accepts("new")).toBe(true);
  });

  it("lets callers at the same moment share one reading, so that none keeps the old value", async () => {
    const { state, rotate, accepts } = setUp(stored("old"));
    await accepts("old");
    rotate(stored("new"));
    expect(await Promise.all([accepts("new"), accepts("new"), accepts("new")])).toEqual([
      true,
      true,
      true,
    ]);
    expect(state.reads).toBe(2);
  });

  it("reads again at most once per 30 s, however many mismatches there are", async () => {
    const { state, accepts } = setUp(stored("old"));
    for (let i = 0; i < 50; i++) expect(await accepts("wrong")).toBe(false);
    expect(state.reads).toBe(2);
    state.now += 30_000;
    await accepts("wrong");
    expect(state.reads).toBe(3);
  });

  it("accepts the value before the change for 24 h, not longer", async () => {
    const { state, rotate, accepts } = setUp(stored("old"));
    rotate(stored("new"));
    expect(await accepts("old")).toBe(true);
    state.now += 24 * HOUR - 1;
    expect(await accepts("old")).toBe(true);
    state.now += 1;
    expect(await accepts("old")).toBe(false);
    expect(await accepts("new")).toBe(true);
  });

  it("accepts the value before no longer than it is at hand, once the new one has been stored twice", async () => {
    const { rotate, accepts } = setUp(stored("leaked"));
    expect(await accepts("leaked")).toBe(true);
    rotate(stored("new"));
    rotate(stored("new"));
    expect(await accepts("leaked")).toBe(true);
    expect(await accepts("new")).toBe(true);
    expect(await accepts("leaked")).toBe(false);
  });

  it("that is leaked is accepted for five minutes more, by an idle function for less than an hour more", async () => {
    const busy = setUp(stored("leaked"));
    await busy.accepts("leaked");
    busy.rotate(stored("new"));
    busy.rotate(stored("new"));
    busy.state.now += 300_000;
    expect(await busy.accepts("leaked")).toBe(true);
    await sleep(1);
    expect(await busy.accepts("leaked")).toBe(false);

    const idle = setUp(stored("leaked"));
    await idle.accepts("leaked");
    idle.rotate(stored("new"));
    idle.rotate(stored("new"));
    idle.state.now += HOUR;
    expect(await idle.accepts("leaked")).toBe(false);
  });

  it("never accepts a previous value that is a placeholder or incomplete", async () => {
    for (const previous of [
      '{"channelId":"REPLACE_ME","channelSecret":"REPLACE_ME"}',
      '{"channelSecret":"x"}',
    ]) {
      const { rotate, accepts } = setUp(previous);
      rotate(stored("new"));
      expect(await accepts("REPLACE_ME")).toBe(false);
      expect(await accepts("x")).toBe(false);
      expect(await accepts("new")).toBe(true);
    }
  });

  it.each([
    [undefined, "does not exist"],
    [
      '{"channelId":"1","channelSecret":"REPLACE_ME"}',
      "still holds its placeholder in channelSecret",
    ],
    ["geheim", "is not valid JSON"],
    ['{"channelId":"geheim"}', "is incomplete: channelSecret"],
  ])("names the fault of %s and quotes nothing", async (text, fault) => {
    const message = await setUp(text)
      .secret.get()
      .catch((error: Error) => error.message);
    expect(message).toContain("Thailand/retail-thai/line");
    expect(message).toContain(fault);
    expect(message).not.toContain("geheim");
  });

  it("notices within 5 s that a faulty secret has been fixed", async () => {
    const { state, secret, rotate } = setUp('{"channelId":"1","channelSecret":"REPLACE_ME"}');
    await expect(secret.get()).rejects.toThrow("placeholder");
    rotate(stored("new"));
    await expect(secret.get()).rejects.toThrow("placeholder");
    state.now += 5_000;
    expect((await secret.get()).channelSecret).toBe("new");
  });

  describe("while Secrets Manager hangs", () => {
    beforeEach(() => {
      jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate"] });
    });
    afterEach(() => {
      jest.useRealTimers();
    });

    /** What comes of it, and after how many ms of jest's clock, which runs only while it is waited for. */
    const timed = async (work: () => Promise<unknown>) => {
      const started = Date.now();
      let ms: number | undefined;
      const outcome = work()
        .catch((error: Error) => error.message)
        .finally(() => {
          ms = Date.now() - started;
        });
      while (ms === undefined) await jest.advanceTimersToNextTimerAsync();
      return { outcome: await outcome, ms };
    };

    it("serves its value at once at the age of five minutes, and asks again beside the work every 30 s", async () => {
      const { state, secret, accepts } = setUp(stored("old"));
      await secret.get();
      state.hangs = true;
      state.now += 300_000;
      const asked = await timed(() => Promise.all([accepts("old"), accepts("old"), secret.get()]));
      expect(asked.outcome).toMatchObject([true, true, { channelSecret: "old" }]);
      expect(asked.ms).toBeLessThan(100);
      expect(state.reads).toBe(2);
      await jest.advanceTimersByTimeAsync(1_300);
      await secret.get();
      expect(state.reads).toBe(2);
      state.now += 30_000;
      await secret.get();
      expect(state.reads).toBe(3);
    });

    it("serves its value after an hour, too, and then waits for the reading first", async () => {
      const { state, secret, rotate } = setUp(stored("old"));
      await secret.get();
      state.now += HOUR;
      state.hangs = true;
      const { outcome, ms } = await timed(() => secret.get());
      expect(outcome).toMatchObject({ channelSecret: "old" });
      expect(ms).toBeLessThan(1_500);
      state.hangs = false;
      rotate(stored("new"));
      state.now += 30_000;
      expect((await secret.get()).channelSecret).toBe("new");
    });

    it("is a fault within the time that a webhook has, where there is no value", async () => {
      const { state, secret } = setUp(stored("old"));
      state.hangs = true;
      const { outcome, ms } = await timed(() => secret.get());
      expect(outcome).toBe("The secret Thailand/retail-thai/line cannot be read (TimeoutError).");
      expect(ms).toBeLessThan(1_500);
    });

    it("reads again on a mismatch where a reading that began beside the work has failed", async () => {
      const { state, rotate, accepts } = setUp(stored("old"));
      await accepts("old");
      state.now += 300_000;
      state.hangs = true;
      await accepts("old");
      state.hangs = false;
      rotate(stored("new"));
      expect((await timed(() => accepts("new"))).outcome).toBe(true);
    });
  });

  describe("that is read ahead", () => {
    it("is at hand for the first use", async () => {
      const { state, secret } = setUp(stored("old"));
      await secret.readAhead();
      expect((await secret.get()).channelSecret).toBe("old");
      expect(state.reads).toBe(1);
    });

    it.each([
      ["cannot be asked", { isDown: true }],
      ["hangs", { hangs: true }],
    ])(
      "is given up within 750 ms where Secrets Manager %s, and read again at the first use",
      async (_, trouble) => {
        jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate"] });
        try {
          const { state, secret } = setUp(stored("old"));
          Object.assign(state, trouble);
          const reading = secret.readAhead();
          await jest.advanceTimersByTimeAsync(750);
          await reading;
          Object.assign(state, { isDown: false, hangs: false });
          expect((await secret.get()).channelSecret).toBe("old");
        } finally {
          jest.useRealTimers();
        }
      },
    );

    it("is given up within 750 ms where only the version before does not come", async () => {
      jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate"] });
      try {
        const secret = createRotatingSecret(
          "Thailand/retail-thai/line",
          channelSecretSchema,
          (_, stage) =>
            new Promise((resolve) => {
              if (stage === "AWSCURRENT")
                setTimeout(() => resolve({ text: stored("new"), createdAt: Date.now() }), 499);
            }),
          Date.now,
        );
        const reading = secret.readAhead();
        await jest.advanceTimersByTimeAsync(750);
        await reading;
        expect((await secret.get()).channelSecret).toBe("new");
      } finally {
        jest.useRealTimers();
      }
    });

    it("is told of as a fault at the first use where it is one", async () => {
      const { secret } = setUp("{}");
      await secret.readAhead();
      await expect(secret.get()).rejects.toThrow("is incomplete: channelId");
    });
  });

  it("tells those who come next of a fault in the stored value", async () => {
    const { state, secret, rotate } = setUp(stored("old"));
    await secret.get();
    rotate("{}");
    state.now += 300_000;
    expect((await secret.get()).channelSecret).toBe("old");
    await sleep(0);
    await expect(secret.get()).rejects.toThrow("is incomplete");
  });

  it("keeps its value through an outage of Secrets Manager", async () => {
    const { state, secret } = setUp(stored("old"));
    await secret.get();
    state.isDown = true;
    state.now += HOUR;
    expect((await secret.get()).channelSecret).toBe("old");
  });

  it("is a fault when Secrets Manager cannot be asked at all", async () => {
    const { state, secret } = setUp(stored("old"));
    state.isDown = true;
    await expect(secret.get()).rejects.toThrow(
      "The secret Thailand/retail-thai/line cannot be read (TimeoutError).",
    );
  });

  it("counts a blank long-lived token as absent and names one that no header can carry", async () => {
    const withToken = (token: string) =>
      setUp(JSON.stringify({ channelId: "1", channelSecret: "s", channelAccessToken: token }))
        .secret;
    expect((await withToken(" ").get()).channelAccessToken).toBeUndefined();
    expect((await withToken("abc ").get()).channelAccessToken).toBe("abc");
    await expect(withToken("ab\u200bc").get()).rejects.toThrow(
      "channelAccessToken: must be printable ASCII",
    );
  });

  it("takes a numeric channel id and trims what was pasted", async () => {
    const { secret } = setUp('{"channelId":1234567890,"channelSecret":" abc\\n"}');
    expect(await secret.get()).toEqual({ channelId: "1234567890", channelSecret: "abc" });
  });
});
