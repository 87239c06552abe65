import type { Brand } from "../../shared/brand/brand.ts";
import { errorFields } from "../../shared/failures/bridge-error.ts";
import type { Customer } from "../../shared/tables/customer.ts";

/** What is known of a customer; undefined when the table cannot be asked: that must not keep an answer from them. */
export async function readCustomer(
  { customers, log }: Pick<Brand, "customers" | "log">,
  id: string,
  correlationId: string | undefined,
): Promise<Customer | undefined> {
  try {
    return await customers.get(id);
  } catch (error) {
    log.warn("Could not read a customer's record", { correlationId, ...errorFields(error) });
    return undefined;
  }
}
