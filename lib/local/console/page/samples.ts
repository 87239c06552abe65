/** What the customer's buttons send. */
export const STICKER = {
  type: "sticker",
  packageId: "11537",
  stickerId: "52002734",
  keywords: ["cony", "sally", "Staring"],
};

export const LOCATION = {
  type: "location",
  title: "สยามพารากอน",
  address: "991 ถนนพระราม 1 ปทุมวัน กรุงเทพฯ",
  latitude: 13.7463,
  longitude: 100.5347,
};

/** A sticker that LINE lets accounts send, as agents write it. */
export const AGENT_STICKER = "[LINE STICKER: 11537/52002735]";

/** Customers that are there without having written. */
export const CUSTOMERS = ["สมชาย", "美玲", "さくら"];
