import { botMessagesOf } from "./bot-messages.ts";
import type { Samples } from "./samples.ts";

export const JAPANESE = {
  customers: ["さくら", "健太", "美咲"],
  sticker: {
    type: "sticker",
    packageId: "11537",
    stickerId: "52002734",
    keywords: ["コニー", "サリー", "じーっ"],
  },
  location: {
    type: "location",
    title: "東京タワー",
    address: "東京都港区芝公園4-2-8",
    latitude: 35.6586,
    longitude: 139.7454,
  },
  cannedResponses: [
    {
      title: "ごあいさつ",
      text: "お問い合わせいただきありがとうございます。本日はどのようなご用件でしょうか。",
    },
    {
      title: "注文番号の確認",
      text: "恐れ入りますが、ご注文番号をお知らせいただけますでしょうか。",
    },
    { title: "確認中", text: "ただいま確認いたします。少々お待ちください。" },
    { title: "営業時間", text: "店舗の営業時間は毎日10:00〜20:00です。" },
    { title: "返品について", text: "商品到着後7日以内で未使用の場合に限り、返品を承ります。" },
    { title: "お詫び", text: "ご不便をおかけし、誠に申し訳ございません。" },
    {
      title: "お礼",
      text: "ご利用いただきありがとうございました。ご不明な点がございましたら、いつでもご連絡ください。",
    },
    {
      title: "位置情報のお願い",
      text: "位置情報をお送りいただけますでしょうか。 [LINE ASK: location]",
    },
  ],
  botMessages: botMessagesOf({
    howToReceive: "受け取り方法をお選びください",
    pickUp: "店舗で受け取り",
    homeDelivery: "ご自宅へ配送 🚚",
    whatAbout: "ご用件をお選びください",
    deliveryStatus: "配送状況",
    returnGoods: "返品",
    coat: "ウールコート",
    oneCoatLeft: "Mサイズは残り1点です。お取り置きしますか？",
    reserve: "取り置きする",
    productPage: "商品ページ",
    hat: "ニット帽",
    hatPrice: "3,900円",
    buyHat: "ニット帽を買う",
    scarf: "マフラー",
    scarfPrice: "5,900円",
    buyScarf: "マフラーを買う",
    chooseSize: "サイズをお選びください",
    size: "サイズ",
    oneLeft: "残り1点",
    deliveryDate: "再配達のご希望日",
    chooseDate: "日時をお選びください",
    language: "ja",
    onItsWay: "発送のお知らせ",
    shipped: "ご注文 {{order}} を発送しました。",
    automatic: "このメッセージは自動送信です。",
    accept: "受け取ります",
  }),
} as const satisfies Samples;
