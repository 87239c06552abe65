import { createFaults } from "../../../../lib/local/console/faults.ts";
import type { QueuesState } from "../../../../lib/local/console/queues-state.ts";
import type { Ready } from "../../../../lib/local/ready.ts";

/** A run of one brand, as its console knows it. */
export const READY: Ready = {
  ready: true,
  market: "Thailand",
  gateway: "http://127.0.0.1:3000",
  brands: {
    retail: {
      brand: "Retail_Thai",
      line: { webhook: "", channelId: "", channelSecret: "", botUserId: "" },
      genesys: { webhook: "", clientId: "", clientSecret: "" },
      queues: { inbound: "", outbound: "" },
    },
  },
  aws: {
    sqs: "",
    s3: "",
    dynamodb: "",
    secretsManager: "",
    cloudFormation: "",
    cloudWatch: "",
    lambda: "",
    sns: "",
  },
  queues: { inboundDeadLetter: "", outboundDeadLetter: "" },
};

/** Its brand's channel at LINE. */
export const RETAIL_CHANNEL = {
  brandKey: "retail",
  channelId: "1",
  channelSecret: "s",
  channelAccessToken: "token",
  botUserId: `U${"0".repeat(32)}`,
};

/** Nothing is in its queues. */
export const NO_QUEUES: QueuesState = {
  brands: {
    retail: { inbound: { waiting: 0, inFlight: 0 }, outbound: { waiting: 0, inFlight: 0 } },
  },
  deadLetters: { inbound: 0, outbound: 0 },
};

/** Faults that nobody switches on. */
export const noFaults = () =>
  createFaults({
    onTraffic: () => {},
    killWorker: async () => {},
    haltWorker: () => {},
    useUpQuota: () => {},
  });
