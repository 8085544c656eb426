/**
 * The document in a column: text on one engine, already an object on another (MariaDB keeps JSON as text, MySQL's driver
 * parses it), bytes where a statement carried it so. The type is the writer's promise; whoever reads a document that
 * somebody else wrote checks it.
 * @throws SyntaxError for a text that is no JSON: a broken row, never a user's mistake
 */
export function readJson<Document>(column: unknown): Document {
  if (typeof column === 'string') return JSON.parse(column) as Document;
  if (Buffer.isBuffer(column)) return JSON.parse(column.toString('utf8')) as Document;
  return column as Document;
}

/** As {@link readJson}; an empty column is null. */
export const readJsonOrNull = <Document>(column: unknown): Document | null =>
  column === null || column === undefined ? null : readJson<Document>(column);
