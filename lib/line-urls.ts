/** Where the LINE Messaging API answers; one address for all countries. */
export const LINE_API_URL = "https://api.line.me";
