import type { SQSRecord } from "aws-lambda";
import { errorFields } from "../../shared/failures/bridge-error.ts";
import type { Customer } from "../../shared/tables/customer.ts";
import type { BatchBrand } from "./batch-brands.ts";

/** What is known of a customer; undefined when the table cannot be asked: that must not keep an answer from them. */
export async function readCustomer(
  { read, log }: Pick<BatchBrand, "read" | "log">,
  record: SQSRecord,
  to: string,
  correlationId: string | undefined,
): Promise<Customer | undefined> {
  try {
    return (await read(record, { to })).customer;
  } catch (error) {
    log.warn("Could not read a customer's record", { correlationId, ...errorFields(error) });
    return undefined;
  }
}
