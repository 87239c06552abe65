import { CLOSED } from "../../../../lambdas/shared/breaker/breaker-state.ts";
import type {
  BreakerTable,
  StoredState,
} from "../../../../lambdas/shared/breaker/breaker-table.ts";

/** The breakers' table in memory, shared by instances, with the number of calls that it has had. */
export function memoryTable() {
  const items = new Map<string, StoredState>();
  const calls = { reads: 0, writes: 0 };
  const faults: { error?: Error; beforeWrite?: () => Promise<unknown> } = {};
  const stored = (host: string) => items.get(host) ?? { state: CLOSED, version: 0 };
  const table: BreakerTable = {
    async read(host) {
      calls.reads += 1;
      if (faults.error) throw faults.error;
      return stored(host);
    },
    async write(host, before, state) {
      calls.writes += 1;
      if (faults.error) throw faults.error;
      const { beforeWrite } = faults;
      delete faults.beforeWrite;
      await beforeWrite?.();
      if (stored(host).version !== before.version) return undefined;
      const after = { state, version: before.version + 1 };
      items.set(host, after);
      return after;
    },
  };
  return { table, calls, faults, stateOf: (host: string) => stored(host).state };
}
