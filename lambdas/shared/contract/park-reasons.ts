/**
 * Why a message is parked: the attribute `Reason` of a dead letter, by which `redrive` chooses. The runbook explains
 * each.
 */
export const PARK_REASONS = [
  "AskNotSendable",
  "AttachmentEmpty",
  "AttachmentGone",
  "AttachmentRefused",
  "AttachmentTooLarge",
  "AttachmentTooSlow",
  "AttachmentUnreadable",
  "ButtonsTooLarge",
  "GenesysRefused",
  "KeepsFailing",
  "LineRefused",
  "OutcomeUnknown",
  "PatienceExceeded",
  "QuotaExceeded",
  "ReceiptRefused",
  "ReplyUnclear",
  "SplitChanged",
  "StickerNotSendable",
  "TemplateNotSendable",
  "UnknownBrand",
  "Unreadable",
  "Unsupported",
  "Untranslatable",
] as const;

export type ParkReason = (typeof PARK_REASONS)[number];

/** Stands for the reason of a dead letter that has none: SQS itself has moved it. */
export const NO_REASON = "none";
