/**
 * Makes tests the steps of one story. A test first goes through all steps before its own that nobody has gone through
 * yet: so each of them passes alone, and in any order. Where one of those fails, the test fails with it.
 */
export function startStory(): (name: string, step: () => Promise<void>) => void {
  const steps: (() => Promise<void>)[] = [];
  return (name, step) => {
    let gone: Promise<void> | undefined;
    steps.push(() => {
      gone ??= step();
      return gone;
    });
    const upToThis = [...steps];
    it(name, async () => {
      for (const each of upToThis) await each();
    });
  };
}
