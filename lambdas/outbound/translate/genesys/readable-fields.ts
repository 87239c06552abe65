/** The fields of Genesys' content models that are written for people, in the order in which people read them. */
export const READABLE_FIELDS = [
  "header",
  "title",
  "subtitle",
  "name",
  "text",
  "body",
  "description",
  "summaryText",
  "address",
  "phoneNumber",
] as const;
