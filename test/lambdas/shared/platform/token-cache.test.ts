import { createTokenCache } from "../../../../lambdas/shared/platform/token-cache.ts";

function setUp(expiresInSeconds = 900) {
  const state = { now: 0, issued: 0 };
  const cache = createTokenCache(() => state.now);
  const get = (credentials = "a") =>
    cache.get(credentials, async () => {
      state.issued++;
      return { token: `token${state.issued}`, expiresInSeconds };
    });
  return { state, cache, get };
}

describe("the token cache", () => {
  it("keeps a token until a minute before it expires", async () => {
    const { state, get } = setUp();
    await get();
    state.now = 839_999;
    expect((await get()).value).toBe("token1");
    state.now = 840_000;
    expect((await get()).value).toBe("token2");
  });

  it("keeps a token of a minute for half of it", async () => {
    const { state, get } = setUp(60);
    await get();
    state.now = 29_999;
    expect((await get()).value).toBe("token1");
    state.now = 30_000;
    expect((await get()).value).toBe("token2");
  });

  it("issues one token for callers at the same moment, and one for each credentials", async () => {
    const { state, get } = setUp();
    await Promise.all([get(), get(), get("b")]);
    expect(state.issued).toBe(2);
  });

  it("forgets a token that was dropped, but not the newer one of another caller", async () => {
    const { get } = setUp();
    const [first, same] = await Promise.all([get(), get()]);
    first.drop();
    expect((await get()).value).toBe("token2");
    same.drop();
    expect((await get()).value).toBe("token2");
  });

  it("has a token from when it is issued until it is to be issued again", async () => {
    const { state, cache, get } = setUp();
    const issuing = get();
    expect(cache.has("a")).toBe(false);
    const token = await issuing;
    expect(cache.has("a")).toBe(true);
    expect(cache.has("b")).toBe(false);
    state.now = 840_000;
    expect(cache.has("a")).toBe(false);
    state.now = 0;
    token.drop();
    expect(cache.has("a")).toBe(false);
  });

  it("does not keep a failure", async () => {
    const { cache, get } = setUp();
    await expect(cache.get("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect((await get()).value).toBe("token1");
  });
});
