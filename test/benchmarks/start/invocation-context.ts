/** What Lambda hands a function beside its event, as far as our functions read it. */
export const INVOCATION_CONTEXT = {
  awsRequestId: "00000000-0000-0000-0000-000000000000",
  functionName: "bench",
  functionVersion: "$LATEST",
  invokedFunctionArn: "arn:aws:lambda:ap-southeast-1:000000000000:function:bench",
  memoryLimitInMB: "512",
  getRemainingTimeInMillis: () => 60_000,
};
