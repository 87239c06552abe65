const ENTITIES = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&apos;"],
]);
const CHARACTERS = new Map([...ENTITIES].map(([character, entity]) => [entity, character]));

/** Text, escaped for an XML element. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? character);
}

/** The text of an XML element. Numbered entities stay as they are. */
export function unescapeXml(text: string): string {
  return text.replace(/&\w+;/g, (entity) => CHARACTERS.get(entity) ?? entity);
}
