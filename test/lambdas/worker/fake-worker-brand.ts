import { brandSettingsSchema } from "../../../lambdas/shared/contract/brand-settings.ts";
import type { WorkerBrand } from "../../../lambdas/worker/worker-brand.ts";
import { workingHosts } from "../working-hosts.ts";

const unexpected = (): never => {
  throw new Error("not expected of this test");
};

/** A brand of the worker with default settings, of which only `parts` may be used; it logs nothing. */
export function fakeWorkerBrand(parts: Partial<WorkerBrand> = {}): WorkerBrand {
  const log = () => undefined;
  return {
    key: "retail-thai",
    settings: brandSettingsSchema.parse({ customAttributes: {} }),
    line: {
      push: unexpected,
      reply: unexpected,
      profile: unexpected,
      showLoading: unexpected,
      markAsRead: unexpected,
      quota: unexpected,
    },
    customers: unusedCustomers,
    quotes: { keep: unexpected, unsent: unexpected, forget: unexpected, get: unexpected },
    refused: { put: unexpected, get: unexpected },
    ways: { read: unexpected, readTogether: unexpected, decide: unexpected, change: unexpected },
    sent: { add: unexpected, get: unexpected },
    buttons: { put: unexpected, get: unexpected },
    media: { store: unusedStore, prefix: unexpected },
    hosts: workingHosts,
    log: { info: log, warn: log, error: log },
    count: unexpected,
    measure: unexpected,
    genesys: {
      postMessage: unexpected,
      postStructuredResponse: unexpected,
      postReceipt: unexpected,
    },
    content: { get: unexpected, transcoding: unexpected },
    deliveries: {
      claim: unexpected,
      delivered: unexpected,
      sentParts: unexpected,
      promise: unexpected,
      isPromised: unexpected,
      release: unexpected,
    },
    erasures: { erased: unexpected, isErased: unexpected },
    enqueue: unexpected,
    ...parts,
  };
}

/** No test may use it as it is. */
const unusedCustomers: WorkerBrand["customers"] = {
  get: unexpected,
  heardFrom: unexpected,
  blocked: unexpected,
  named: unexpected,
  markedAsRead: unexpected,
  takeReplyToken: unexpected,
};

const unusedStore: WorkerBrand["media"]["store"] = {
  put: unexpected,
  find: unexpected,
  read: unexpected,
  findFirst: unexpected,
  deleteAll: unexpected,
  urlOf: unexpected,
};
