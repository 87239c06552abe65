import type { Language } from "../../../shared/contract/languages.ts";
import type { Ask } from "./ask.ts";

/** What the bridge itself says to customers. Labels of buttons have at most 20 code points, or LINE cuts them. */
export interface Words {
  /** Button that opens a link. */
  open: string;
  /** Button that opens a video. */
  video: string;
  /** Button that opens LINE's date picker. */
  chooseDateAndTime: string;
  /** Title of a file without a name. */
  file: string;
  /** Title of a place without a name. */
  location: string;
  /** Stands for content whose type is not known. */
  content: string;
  /** Stands for content that cannot be shown. `what` is Genesys' name for its type. */
  notShown(what: string): string;
  /** The last message, if the ones after it are left out. */
  leftOut: string;
  /** The buttons with which the customer sends what an agent asks for. */
  askLabels: Record<Ask, string>;
  /** Asks for the same where there is no other text, or no button. */
  askPrompts: Record<Ask, string>;
}

export const WORDS: Record<Language, Words> = {
  en: {
    open: "Open",
    video: "▶ Video",
    chooseDateAndTime: "Choose date and time",
    file: "File",
    location: "Location",
    content: "Content",
    notShown: (what) => `[${what}: cannot be shown in LINE]`,
    leftOut: "… [Too long for LINE: the rest of this message was left out.]",
    askLabels: { location: "Share location", camera: "Take a photo", cameraRoll: "Choose a photo" },
    askPrompts: {
      location: "Please share your location.",
      camera: "Please send us a photo.",
      cameraRoll: "Please send us a photo.",
    },
  },
  ja: {
    open: "開く",
    video: "▶ 動画",
    chooseDateAndTime: "日時を選択",
    file: "ファイル",
    location: "位置情報",
    content: "コンテンツ",
    notShown: (what) => `[${what}：LINEでは表示できません]`,
    leftOut: "… [LINEで表示できる長さを超えたため、残りのメッセージは省略されました。]",
    askLabels: { location: "位置情報を送る", camera: "写真を撮る", cameraRoll: "写真を選ぶ" },
    askPrompts: {
      location: "位置情報をお送りください。",
      camera: "写真をお送りください。",
      cameraRoll: "写真をお送りください。",
    },
  },
  th: {
    open: "เปิด",
    video: "▶ วิดีโอ",
    chooseDateAndTime: "เลือกวันและเวลา",
    file: "ไฟล์",
    location: "ตำแหน่งที่ตั้ง",
    content: "เนื้อหา",
    notShown: (what) => `[${what}: ไม่สามารถแสดงใน LINE ได้]`,
    leftOut: "… [ข้อความยาวเกินกว่าที่ LINE จะแสดงได้ ส่วนที่เหลือจึงถูกตัดออก]",
    askLabels: { location: "ส่งตำแหน่งที่ตั้ง", camera: "ถ่ายรูป", cameraRoll: "เลือกรูปภาพ" },
    askPrompts: {
      location: "กรุณาส่งตำแหน่งที่ตั้งของคุณ",
      camera: "กรุณาส่งรูปภาพ",
      cameraRoll: "กรุณาส่งรูปภาพ",
    },
  },
  "zh-TW": {
    open: "開啟",
    video: "▶ 影片",
    chooseDateAndTime: "選擇日期與時間",
    file: "檔案",
    location: "位置資訊",
    content: "內容",
    notShown: (what) => `[${what}：無法在 LINE 中顯示]`,
    leftOut: "… [訊息過長，LINE 無法完整顯示，其餘內容已省略。]",
    askLabels: { location: "傳送位置資訊", camera: "拍攝照片", cameraRoll: "選擇照片" },
    askPrompts: {
      location: "請傳送您的位置資訊。",
      camera: "請傳送照片。",
      cameraRoll: "請傳送照片。",
    },
  },
};
