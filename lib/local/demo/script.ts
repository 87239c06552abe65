import { JAPANESE } from "../console/samples/japanese.ts";
import { THAI } from "../console/samples/thai.ts";
import { TRADITIONAL_CHINESE } from "../console/samples/traditional-chinese.ts";
import { TYPING } from "../console/samples/typing.ts";
import type { OutboundMessage } from "../simulators/genesys/outbound.ts";
import type { LineContent } from "../simulators/line/webhook-events.ts";
import { SAMPLES, type Sample } from "./samples.ts";

/** What a customer does on the phone. */
export type CustomerDoes =
  /** `quotes`: it quotes the account's last message. */
  | { content: LineContent; quotes?: true }
  | { sample: Sample }
  /** Taps the newest button with this label. */
  | { taps: string }
  /** Picks this date in the newest date picker, whose label is in the market's language. */
  | { picks: string }
  /** Unsends the last message. */
  | { unsends: true };

export type AgentSends = { text?: string; sample?: Sample } | { message: OutboundMessage };

/** One line of the demo's conversation. */
export type Step = {
  customer: string;
  /** What the other side must show for it, line by line, or that the account is typing. */
  shown: (string | RegExp)[] | "typing";
} & ({ by: "customer"; does: CustomerDoes } | { by: "agent"; sends: AgentSends });

const customer = (name: string, does: CustomerDoes, ...shown: (string | RegExp)[]): Step => ({
  by: "customer",
  customer: name,
  does,
  shown,
});

const agent = (name: string, sends: AgentSends, ...shown: (string | RegExp)[]): Step => ({
  by: "agent",
  customer: name,
  sends,
  shown,
});

const say = (name: string, text: string): Step =>
  customer(name, { content: { type: "text", text } }, text);

const answer = (name: string, text: string): Step => agent(name, { text }, text);

/**
 * Three customers in three languages, and each kind of message in both directions. A received line
 * is its text, with `[button]` for what can be tapped and `[kind name]` for media.
 */
export const DEMO_SCRIPT: Step[] = [
  say("สมชาย", "สวัสดีครับ สาขาอยู่ที่ไหนครับ 🙏"),
  { by: "agent", customer: "สมชาย", sends: { message: TYPING }, shown: "typing" },
  answer("สมชาย", "สวัสดีค่ะ คุณสมชาย สาขาสยามเปิด 10:00–22:00 น. ค่ะ"),
  customer(
    "สมชาย",
    { content: THAI.location },
    "สยามพารากอน\n991 ถนนพระราม 1 ปทุมวัน กรุงเทพฯ\nhttps://www.google.com/maps/search/?api=1&query=13.7463,100.5347",
  ),
  agent(
    "สมชาย",
    { text: "ใช่ค่ะ ชั้น 3 ติดกับบันไดเลื่อนค่ะ", sample: SAMPLES.shelf },
    "ใช่ค่ะ ชั้น 3 ติดกับบันไดเลื่อนค่ะ",
    "[image]",
  ),
  customer("สมชาย", { sample: SAMPLES.photo }, /^\[Image .+\.jpg\]$/),
  agent(
    "สมชาย",
    { message: THAI.botMessages["Quick replies"] },
    "ต้องการรับสินค้าแบบไหนคะ [รับที่สาขา] [จัดส่งถึงบ้าน 🚚]",
  ),
  customer("สมชาย", { taps: "รับที่สาขา" }, "[QuickReply pickup] รับที่สาขา"),
  agent(
    "สมชาย",
    { message: THAI.botMessages["List picker"] },
    "เลือกไซซ์ได้เลยค่ะ",
    "ไซซ์ [S] [M · เหลือ 1 ตัว] [L]",
  ),
  customer("สมชาย", { taps: "L" }, "[Button size-l] L"),
  agent("สมชาย", { text: "[LINE STICKER: 11537/52002735]" }, "sticker 52002735"),

  say("美玲", "請問這件外套還有 M 號嗎？"),
  agent("美玲", { message: TRADITIONAL_CHINESE.botMessages.Card }, "羊毛外套 [保留] [商品頁]"),
  customer("美玲", { taps: "保留" }, "[Button reserve:coat:m] 保留"),
  answer("美玲", "好的，我們為您保留一件 🧥"),
  customer(
    "美玲",
    {
      content: {
        type: "sticker",
        packageId: "11537",
        stickerId: "52002734",
        keywords: ["cony", "sally", "Staring", "hi"],
      },
    },
    "[LINE STICKER: Brown & Cony & Sally: Animated Special - cony, sally, Staring]",
  ),
  agent(
    "美玲",
    { message: TRADITIONAL_CHINESE.botMessages.Carousel },
    "毛帽, 圍巾 [買毛帽] [買圍巾]",
  ),
  customer("美玲", { taps: "買圍巾" }, "[Button buy:scarf] 買圍巾"),
  customer("美玲", { sample: SAMPLES.video }, /^\[Video .+\.mp4\]$/),
  agent("美玲", { sample: SAMPLES.video }, "[video]"),
  agent(
    "美玲",
    { sample: { ...SAMPLES.order, name: "訂單 A-1029.pdf" } },
    /^訂單 A-1029\.pdf \[[^\]]+\]$/,
  ),

  say("さくら", "注文した商品がまだ届きません。\n注文番号は A-1029 です。👨‍👩‍👧"),
  answer("さくら", "ご不便をおかけしております。\n\nすぐに確認いたします。"),
  customer(
    "さくら",
    { sample: { ...SAMPLES.order, name: "注文書 A-1029.pdf" } },
    "[File 注文書 A-1029.pdf]",
  ),
  customer("さくら", { sample: SAMPLES.voiceNote }, /^\[Audio .+\.m4a\]$/),
  agent("さくら", { sample: SAMPLES.greeting }, "[audio]"),
  agent(
    "さくら",
    { message: JAPANESE.botMessages["Date picker"] },
    /^再配達のご希望日 \[[^\]]+\]$/,
  ),
  customer(
    "さくら",
    { picks: "2026-12-01T10:00" },
    "[DatePicker 2026-12-01T10:00] 2026-12-01 10:00",
  ),
  agent("さくら", { message: JAPANESE.botMessages.Notification }, "発送のお知らせ [受け取ります]"),
  customer("さくら", { taps: "受け取ります" }, "[QuickReply accept] 受け取ります"),
  customer(
    "さくら",
    { content: { type: "text", text: "よろしくお願いします🙇‍♀️" }, quotes: true },
    "[LINE QUOTE: replies to an earlier message]\nよろしくお願いします🙇‍♀️",
  ),
  customer("さくら", { unsends: true }, "[LINE UNSEND: the customer has unsent a message]"),
];
