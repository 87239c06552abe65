import { sizeText } from "../size-text.ts";
import { FileSign } from "./signs.tsx";

/** A file that can be downloaded. */
export function FileCard(props: { name: string; bytes: number | undefined; url: string }) {
  const { name, bytes, url } = props;
  return (
    <a class="file" href={url} download={name}>
      <FileSign />
      <span>
        {name}
        {bytes !== undefined && <small>{sizeText(bytes)}</small>}
      </span>
    </a>
  );
}
