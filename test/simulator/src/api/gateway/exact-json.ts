/** Stands for a bigint inside the text while it is being written; no answer holds it otherwise. */
const MARK = '\u0001big:';

/**
 * JSON with bigints as plain numbers: DingTalk's `order` fields lie above 2^53, and JSON.stringify cannot write them.
 *
 * @param value an answer; undefined fields are left out
 */
export function exactJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, field: unknown) =>
    typeof field === 'bigint' ? `${MARK}${field}` : field,
  );
  return text.replace(/"\\u0001big:(-?\d+)"/g, '$1');
}
