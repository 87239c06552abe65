import { type Customer, UNKNOWN } from "../../../lambdas/shared/tables/customer.ts";
import type { CustomerTable } from "../../../lambdas/shared/tables/customer-table.ts";
import { type BatchEvent, createBatchCustomers } from "../../../lambdas/worker/batch-customers.ts";
import { fakeWorkerBrand } from "./fake-worker-brand.ts";

/** The customers of a batch with these events of U1; `knows` is what the table says after a write. */
function setUp(
  events: readonly BatchEvent[],
  knows: () => Promise<Customer> = async () => UNKNOWN,
) {
  const calls: unknown[] = [];
  const table: CustomerTable = {
    ...fakeWorkerBrand().customers,
    async heardFrom(id, heard, isAgain) {
      calls.push(["heardFrom", id, heard.map(({ at }) => at), isAgain]);
      return knows();
    },
    async get(id) {
      calls.push(["get", id]);
      return knows();
    },
    blocked: async (id, at) => void calls.push(["blocked", id, at]),
    named: async (id, name) => void calls.push(["named", id, name]),
  };
  const customers = createBatchCustomers(table, (id) => (id === "U1" ? events : []));
  return { customers, calls };
}

const event = (at: number): BatchEvent => ({ at, isBlock: false });
const block = (at: number): BatchEvent => ({ at, isBlock: true });
const named = { displayName: "สมชาย", isStale: false };

describe("the customers of a batch", () => {
  it("are heard from once, with all that their events tell", async () => {
    const { customers, calls } = setUp([event(3), event(1), event(2)]);
    for (const at of [1, 2, 3]) await customers.heardFrom("U1", [{ at }], false);
    await customers.heardFrom("U2", [{ at: 1 }], false);
    expect(calls).toEqual([
      ["heardFrom", "U1", [1, 1, 2, 3], false],
      ["heardFrom", "U2", [1], false],
    ]);
  });

  it("are heard from again behind a block, so that what comes last decides how long they are known", async () => {
    const { customers, calls } = setUp([event(1), event(2), block(3), event(4)]);
    for (const at of [1, 2]) await customers.heardFrom("U1", [{ at }], false);
    await customers.blocked("U1", 3);
    await customers.heardFrom("U1", [{ at: 4 }], false);
    expect(calls).toEqual([
      ["heardFrom", "U1", [1, 1, 2], false],
      ["blocked", "U1", 3],
      ["heardFrom", "U1", [4, 4], false],
    ]);
  });

  it("are asked for again where the table has failed", async () => {
    let isAway = true;
    const { customers, calls } = setUp([event(1), event(2)], async () => {
      if (isAway) throw new Error("DynamoDB is away");
      return UNKNOWN;
    });
    await expect(customers.heardFrom("U1", [{ at: 1 }])).rejects.toThrow();
    await expect(customers.get("U3")).rejects.toThrow();
    isAway = false;
    await customers.heardFrom("U1", [{ at: 2 }]);
    await customers.get("U3");
    expect(calls).toHaveLength(4);
  });

  it("are heard from with what came before, where the queue's order is not that of time", async () => {
    const { customers, calls } = setUp([event(2), event(1)]);
    await customers.heardFrom("U1", [{ at: 2 }], false);
    await customers.heardFrom("U1", [{ at: 1 }], false);
    expect(calls).toEqual([
      ["heardFrom", "U1", [2, 2], false],
      ["heardFrom", "U1", [1, 1, 2], false],
    ]);
  });

  it("have the name that an earlier message has brought, also where it could not be stored", async () => {
    const { customers } = setUp([event(1), event(2)]);
    await customers.heardFrom("U1", [{ at: 1 }]);
    await customers.named("U1", { displayName: named.displayName });
    expect((await customers.heardFrom("U1", [{ at: 2 }])).profile).toEqual(named);
  });

  it("are read once, each member of a group too", async () => {
    const { customers, calls } = setUp([]);
    await customers.get("C1/U1");
    await customers.named("C1/U1", { displayName: named.displayName });
    expect((await customers.get("C1/U1")).profile).toEqual(named);
    await customers.get("C1/U2");
    expect(calls).toEqual([
      ["get", "C1/U1"],
      ["named", "C1/U1", { displayName: named.displayName }],
      ["get", "C1/U2"],
    ]);
  });
});
