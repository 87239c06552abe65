/**
 * The entity with this name. Genesys Cloud does not count letter case where names must differ, so that another
 * letter case is taken where there is no exact one.
 */
export function named<Entity extends { name: string }>(
  entities: readonly Entity[],
  name: string,
): Entity | undefined {
  const plain = (text: string) => text.trim().toLowerCase();
  return (
    entities.find((one) => one.name === name) ??
    entities.find((one) => plain(one.name) === plain(name))
  );
}
