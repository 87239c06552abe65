import type { Samples } from "./samples.ts";

/** What a bot says in one language: the messages of all languages differ in nothing else. */
interface BotWords {
  howToReceive: string;
  pickUp: string;
  homeDelivery: string;
  whatAbout: string;
  deliveryStatus: string;
  returnGoods: string;
  coat: string;
  oneCoatLeft: string;
  reserve: string;
  productPage: string;
  hat: string;
  hatPrice: string;
  buyHat: string;
  scarf: string;
  scarfPrice: string;
  buyScarf: string;
  chooseSize: string;
  size: string;
  oneLeft: string;
  deliveryDate: string;
  chooseDate: string;
  /** Genesys Cloud's name of the language. */
  language: string;
  onItsWay: string;
  /** `{{order}}` stands for the order's number. */
  shipped: string;
  automatic: string;
  accept: string;
}

/** A shop's bot messages of each kind that the bridge carries. */
export function botMessagesOf(words: BotWords) {
  return {
    "Quick replies": {
      type: "Structured",
      text: words.howToReceive,
      content: [
        {
          contentType: "QuickReply",
          quickReply: {
            text: words.pickUp,
            payload: "pickup",
            action: "Message",
          },
        },
        {
          contentType: "QuickReply",
          quickReply: {
            text: words.homeDelivery,
            payload: "delivery",
            action: "Message",
          },
        },
      ],
    },
    "Quick replies V2": {
      type: "Structured",
      content: [
        {
          contentType: "QuickReplyV2",
          quickReplyV2: {
            title: words.whatAbout,
            actions: [
              {
                text: words.deliveryStatus,
                payload: "delivery-status",
                action: "Message",
              },
              {
                text: words.returnGoods,
                payload: "return",
                action: "Message",
              },
            ],
          },
        },
      ],
    },
    Card: {
      type: "Structured",
      content: [
        {
          contentType: "Card",
          card: {
            title: words.coat,
            description: words.oneCoatLeft,
            actions: [
              {
                type: "Postback",
                text: words.reserve,
                payload: "reserve:coat:m",
              },
              {
                type: "Link",
                text: words.productPage,
                url: "https://shop.example/coat",
              },
            ],
          },
        },
      ],
    },
    Carousel: {
      type: "Structured",
      content: [
        {
          contentType: "Carousel",
          carousel: {
            cards: [
              {
                title: words.hat,
                description: words.hatPrice,
                actions: [
                  {
                    type: "Postback",
                    text: words.buyHat,
                    payload: "buy:hat",
                  },
                ],
              },
              {
                title: words.scarf,
                description: words.scarfPrice,
                actions: [
                  {
                    type: "Postback",
                    text: words.buyScarf,
                    payload: "buy:scarf",
                  },
                ],
              },
            ],
          },
        },
      ],
    },
    "List picker": {
      type: "Structured",
      text: words.chooseSize,
      content: [
        {
          contentType: "ListPicker",
          listPicker: {
            sections: [
              {
                title: words.size,
                multipleSelection: false,
                items: [
                  {
                    id: "size-s",
                    title: "S",
                  },
                  {
                    id: "size-m",
                    title: "M",
                    subtitle: words.oneLeft,
                  },
                  {
                    id: "size-l",
                    title: "L",
                  },
                ],
              },
            ],
          },
        },
      ],
    },
    "Date picker": {
      type: "Structured",
      content: [
        {
          contentType: "DatePicker",
          datePicker: {
            title: words.deliveryDate,
            subtitle: words.chooseDate,
          },
        },
      ],
    },
    Notification: {
      type: "Structured",
      content: [
        {
          contentType: "Notification",
          template: {
            id: "cannedresponse@1029",
            language: words.language,
            header: {
              type: "Text",
              text: words.onItsWay,
              parameters: [],
            },
            body: {
              text: words.shipped,
              parameters: [
                {
                  name: "order",
                  text: "A-1029",
                },
              ],
            },
            footer: {
              text: words.automatic,
            },
            buttons: [
              {
                type: "QuickReply",
                index: 0,
                text: words.accept,
                payload: "accept",
              },
            ],
          },
        },
      ],
    },
  } as const satisfies Samples["botMessages"];
}
