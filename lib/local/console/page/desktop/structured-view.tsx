import type { ComponentChildren } from "preact";
import type { Card, StructuredContent, Titled } from "../../structured-content.ts";
import { Link, Text } from "../media.tsx";
import { filledText } from "./structured.ts";

/** What a bot sent, as cards and buttons; the buttons are for the customer. */
export function StructuredView({ items }: { items: StructuredContent[] }) {
  const replies = items.flatMap(({ quickReply }) => quickReply ?? []);
  const others = items.filter(({ quickReply }) => quickReply === undefined);
  return (
    <>
      {others.map((content, index) => (
        <Content key={index} content={content} />
      ))}
      <Choices kind="Quick replies" choices={replies} />
    </>
  );
}

function Content({ content }: { content: StructuredContent }) {
  const { quickReplyV2, card, carousel, listPicker, datePicker, template } = content;
  if (quickReplyV2 !== undefined) {
    return (
      <>
        <Text text={quickReplyV2.title} />
        <Choices kind="Quick replies" choices={quickReplyV2.actions} />
      </>
    );
  }
  if (card !== undefined) return <CardView card={card} />;
  if (carousel !== undefined) {
    return (
      <div class="bot-cards">
        {carousel.cards.map((one, index) => (
          <CardView key={index} card={one} />
        ))}
      </div>
    );
  }
  if (listPicker !== undefined) {
    return (
      <>
        <Text text={listPicker.receivedMessage?.title} />
        <Text text={listPicker.receivedMessage?.subtitle} />
        {listPicker.sections.map(({ title, items }, index) => (
          <CardFrame key={index} title={title}>
            <Choices kind="List" choices={items} />
          </CardFrame>
        ))}
      </>
    );
  }
  if (datePicker !== undefined) {
    return (
      <CardFrame title={datePicker.title}>
        <Text text={datePicker.subtitle} />
        <Choices kind="Date picker" choices={[{ text: "Date and time" }]} />
      </CardFrame>
    );
  }
  if (template !== undefined) {
    const { header, body, footer, buttons } = template;
    return (
      <CardFrame title={header && filledText(header)}>
        <Text text={body && filledText(body)} />
        {footer?.text && <small>{footer.text}</small>}
        <Choices kind="Buttons" choices={buttons} />
      </CardFrame>
    );
  }
  // Attachments are shown as such.
  return content.contentType === "Attachment" ? null : <Text text={`[${content.contentType}]`} />;
}

function CardView({ card }: { card: Card }) {
  return (
    <CardFrame title={card.title}>
      <Text text={card.description} />
      {card.image && <Link url={card.image}>Image</Link>}
      <Choices kind="Buttons" choices={card.actions} />
    </CardFrame>
  );
}

function CardFrame(props: { title: string | undefined; children: ComponentChildren }) {
  return (
    <div class="bot-card">
      {props.title && <strong>{props.title}</strong>}
      {props.children}
    </div>
  );
}

/** What the customer can choose. The agent cannot. */
function Choices({ kind, choices }: { kind: string; choices: Titled[] }) {
  if (choices.length === 0) return null;
  return (
    <ul class="offered" aria-label={kind}>
      {choices.map(({ text, title, subtitle, url }, index) => (
        <li key={index} title={url ?? ""}>
          {[text ?? title, subtitle].filter(Boolean).join(" · ")}
          {url && " ↗"}
        </li>
      ))}
    </ul>
  );
}
