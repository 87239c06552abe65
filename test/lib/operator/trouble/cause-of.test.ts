import { causeOfError } from "../../../../lib/operator/trouble/cause-of.ts";

const coded = (code: string) => Object.assign(new Error(code), { code });
const failed = (cause: unknown) => new Error("There was no connection.", { cause });

it.each([
  ["one address", coded("ECONNREFUSED"), "refused"],
  [
    "several addresses, of which each has failed",
    new AggregateError([coded("ENETUNREACH"), coded("ETIMEDOUT")]),
    "noRoute",
  ],
  [
    "one that is known behind one that is not",
    new AggregateError([coded("EODD"), coded("ENOTFOUND")]),
    "unknownName",
  ],
  ["a proxy's certificate", coded("SELF_SIGNED_CERT_IN_CHAIN"), "unknownIssuer"],
  ["a missing intermediate certificate", coded("UNABLE_TO_VERIFY_LEAF_SIGNATURE"), "unknownIssuer"],
  ["a code that nobody knows", coded("EODD"), undefined],
])("finds the cause of a failed request: %s", (_, cause, expected) => {
  expect(causeOfError(failed(cause))).toBe(expected);
});

it("ends at an error that is its own cause", () => {
  const error = new Error("round");
  error.cause = error;
  expect(causeOfError(error)).toBeUndefined();
});
