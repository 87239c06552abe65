import { sizeText } from "../size-text.ts";

/** The files that go with the next message. */
export function ChosenFiles(props: { files: File[]; remove: (file: File) => void }) {
  const { files, remove } = props;
  if (files.length === 0) return null;
  return (
    <ul class="chosen-files" aria-label="Files to send">
      {files.map((file, index) => (
        <li key={index}>
          📎 {file.name} <small>{sizeText(file.size)}</small>{" "}
          <button type="button" aria-label={`Remove ${file.name}`} onClick={() => remove(file)}>
            ✕
          </button>
        </li>
      ))}
    </ul>
  );
}
