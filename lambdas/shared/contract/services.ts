/** Short names of the functions: log field `service`, metric dimension, local process name. */
export const SERVICES = {
  inbound: "inbound",
  worker: "worker",
  outboundWebhook: "outbound-webhook",
  outboundSender: "outbound-sender",
  outboundImages: "outbound-images",
  hourlyCheck: "hourly-check",
} as const;
