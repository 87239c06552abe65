import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

/** Takes files that are dropped or pasted into it. While it is disabled the browser does with them what it does elsewhere. */
export function DropZone(props: {
  isDisabled: boolean;
  take: (files: File[]) => unknown;
  children: ComponentChildren;
}) {
  const { isDisabled, take } = props;
  const [isOver, setOver] = useState(false);
  const takeFrom = (event: Event, data: DataTransfer | null) => {
    setOver(false);
    const files = [...(data?.files ?? [])];
    if (isDisabled || files.length === 0) return;
    event.preventDefault();
    take(files);
  };
  const dragOver = (event: DragEvent) => {
    if (isDisabled || event.dataTransfer?.types.includes("Files") !== true) return;
    event.preventDefault();
    setOver(true);
  };
  const leave = (zone: HTMLElement, to: EventTarget | null) => {
    if (!(to instanceof Node && zone.contains(to))) setOver(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button for files does the same by keyboard
    <div
      class="drop-zone"
      onDragOver={dragOver}
      onDragLeave={(event) => leave(event.currentTarget, event.relatedTarget)}
      onDrop={(event) => takeFrom(event, event.dataTransfer)}
      onPaste={(event) => takeFrom(event, event.clipboardData)}
    >
      {props.children}
      {isOver && <div class="drop-hint">Drop it to send it</div>}
    </div>
  );
}
