import type { LineContent } from "../simulators/line/webhook-events.ts";

/** One line of the demo's conversation. */
export type Step =
  | {
      by: "customer";
      customer: string;
      content: LineContent;
      /** What the agent's desktop must show for it. */
      shown: string;
    }
  | { by: "agent"; customer: string; text: string };

const say = (customer: string, text: string): Step => ({
  by: "customer",
  customer,
  content: { type: "text", text },
  shown: text,
});

/** Three customers in three languages, a sticker, locations, and an agent's answers. */
export const DEMO_SCRIPT: Step[] = [
  say("สมชาย", "สวัสดีครับ สาขาอยู่ที่ไหนครับ 🙏"),
  { by: "agent", customer: "สมชาย", text: "สวัสดีค่ะ คุณสมชาย สาขาสยามเปิด 10:00–22:00 น. ค่ะ" },
  {
    by: "customer",
    customer: "สมชาย",
    content: {
      type: "location",
      title: "สยามพารากอน",
      address: "991 ถนนพระราม 1 ปทุมวัน กรุงเทพฯ",
      latitude: 13.7463,
      longitude: 100.5347,
    },
    shown:
      "สยามพารากอน\n991 ถนนพระราม 1 ปทุมวัน กรุงเทพฯ\nhttps://www.google.com/maps/search/?api=1&query=13.7463,100.5347",
  },
  { by: "agent", customer: "สมชาย", text: "ใช่ค่ะ ชั้น 3 ติดกับบันไดเลื่อนค่ะ" },
  say("美玲", "請問這件外套還有 M 號嗎？"),
  { by: "agent", customer: "美玲", text: "有的，我們為您保留一件 🧥" },
  {
    by: "customer",
    customer: "美玲",
    content: {
      type: "sticker",
      packageId: "11537",
      stickerId: "52002734",
      keywords: ["cony", "sally", "Staring", "hi"],
    },
    shown: "[LINE STICKER: Brown & Cony & Sally: Animated Special - cony, sally, Staring]",
  },
  say("さくら", "注文した商品がまだ届きません。\n注文番号は A-1029 です。👨‍👩‍👧"),
  {
    by: "agent",
    customer: "さくら",
    text: "ご不便をおかけしております。\n\nすぐに確認いたします。",
  },
  say("さくら", "よろしくお願いします🙇‍♀️"),
];
