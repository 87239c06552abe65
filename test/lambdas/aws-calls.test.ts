import { type Counted, countAwsCalls } from "../benchmarks/count-aws-calls.ts";

// What messages cost in calls to AWS. A count that grows is to be wanted: see lib/cloud/COSTS.md.

let counted: Counted[];
beforeAll(async () => {
  counted = await countAwsCalls();
}, 60_000);

/** The calls of a load, without Lambda's own two; of what is put off Lambda deletes nothing. */
function callsOf(from: Counted["from"], brand: Counted["brand"], load: string, isDeleted = true) {
  const found = counted.find(
    (each) => each.from === from && each.brand === brand && each.load === load,
  );
  const {
    "SQS ReceiveMessage (Lambda)": received,
    "SQS DeleteMessageBatch (Lambda)": deleted,
    ...calls
  } = found?.calls ?? {};
  expect([received, deleted]).toEqual([1, isDeleted ? 1 : undefined]);
  return calls;
}

const FIRST = "first message of a function";
const ONE = "1 message";
const ONE_CUSTOMER = "10 messages of 1 customer";
const TEN_CUSTOMERS = "10 messages of 10 customers";
const SECRETS = { "Secrets Manager GetSecretValue": 2 };

describe.each(["push", "reply-first"] as const)("messages of customers, with %s", (brand) => {
  const oneMessage = {
    "DynamoDB UpdateItem customer": 1,
    "DynamoDB PutItem delivered": 1,
    "DynamoDB PutItem budget": 1,
    "DynamoDB UpdateItem delivered": 1,
    "SQS SendMessageBatch": 1,
  };

  it.each([
    // The webhook reads LINE's secret, the worker that of Genesys Cloud.
    [FIRST, { ...oneMessage, ...SECRETS }],
    [ONE, oneMessage],
    [
      ONE_CUSTOMER,
      {
        "DynamoDB UpdateItem customer": 1,
        "DynamoDB PutItem delivered": 10,
        "DynamoDB PutItem budget": 10,
        "DynamoDB UpdateItem delivered": 10,
        "SQS SendMessageBatch": 10,
      },
    ],
    [
      TEN_CUSTOMERS,
      {
        "DynamoDB UpdateItem customer": 10,
        "DynamoDB PutItem delivered": 10,
        // Those who ask while the first lease is made share the second.
        "DynamoDB PutItem budget": 2,
        "DynamoDB UpdateItem delivered": 10,
        "SQS SendMessageBatch": 10,
      },
    ],
  ])("cost these calls: %s", (load, calls) => {
    expect(callsOf("customers", brand, load)).toEqual(calls);
  });

  it("cost these calls: an image", () => {
    expect(callsOf("customers", brand, "1 image of a customer")).toEqual({
      ...oneMessage,
      // Whether another try has promised the image for later.
      "DynamoDB GetItem delivered": 1,
      "S3 PUT": 1,
      // Of LINE for the content; the first brand's image also reads what media keys are made with.
      "Secrets Manager GetSecretValue": brand === "push" ? 2 : 1,
    });
  });
});

describe("a message of a customer that is put off for its turn", () => {
  // It is claimed when it has its turn.
  const putOff = { "SQS ChangeMessageVisibilityBatch": 1 };

  it.each([
    [
      "1 message, put off",
      {
        ...putOff,
        "DynamoDB UpdateItem customer": 1,
        "DynamoDB PutItem budget": 1,
        "SQS SendMessageBatch": 1,
      },
    ],
    // What is new of the customer has been written, and the place in line.
    ["1 message, put off, again", { ...putOff, "DynamoDB GetItem customer": 1 }],
  ])("costs these calls: %s", (load, calls) => {
    expect(callsOf("customers", "no-turns", load, false)).toEqual(calls);
  });
});

describe("messages of agents", () => {
  const read = { "DynamoDB BatchGetItem customer": 1 };

  it.each([
    [FIRST, { ...read, "SQS SendMessageBatch": 1, ...SECRETS }],
    [ONE, { ...read, "SQS SendMessageBatch": 1 }],
    [ONE_CUSTOMER, { ...read, "SQS SendMessageBatch": 10 }],
    [TEN_CUSTOMERS, { ...read, "SQS SendMessageBatch": 10 }],
  ])("cost these calls where the brand pushes: %s", (load, calls) => {
    expect(callsOf("agents", "push", load)).toEqual(calls);
  });

  const reply = {
    "DynamoDB BatchGetItem customer + way": 1,
    // Its token is taken.
    "DynamoDB UpdateItem customer": 1,
    // It is decided, and what became of it is noted.
    "DynamoDB PutItem way": 2,
    "SQS SendMessageBatch": 1,
  };

  it.each([
    [FIRST, { ...reply, ...SECRETS }],
    [ONE, reply],
    [
      // The customer has four tokens; six answers are pushed.
      ONE_CUSTOMER,
      {
        "DynamoDB BatchGetItem customer + way": 1,
        "DynamoDB UpdateItem customer": 4,
        "DynamoDB PutItem way": 14,
        "SQS SendMessageBatch": 10,
      },
    ],
    [
      TEN_CUSTOMERS,
      {
        "DynamoDB BatchGetItem customer + way": 1,
        "DynamoDB UpdateItem customer": 10,
        "DynamoDB PutItem way": 20,
        "SQS SendMessageBatch": 10,
      },
    ],
  ])("cost these calls where the brand replies: %s", (load, calls) => {
    expect(callsOf("agents", "reply-first", load)).toEqual(calls);
  });
});
