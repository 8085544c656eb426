import { BadCell, shownCell, type Cell } from '../read/cell.ts';
import { folded, Refusal, type Parsed } from './refusal.ts';

/** Text of at most `max` characters; a number or date as it is shown. */
export function parseText(cell: Cell, max: number): Parsed<string> {
  if (cell instanceof BadCell) return new Refusal('type', `单元格是 ${cell.text}`);
  const text = shownCell(cell) ?? '';
  return text.length > max ? new Refusal('too_long', String(max)) : text;
}

/** A choice: code → names that people write. */
export class Choice<Value extends string> {
  readonly #values: ReadonlyMap<string, Value>;
  readonly #hint: string;

  constructor(names: Readonly<Record<Value, string>>) {
    const entries = Object.entries(names) as [Value, string][];
    this.#values = new Map(
      entries.flatMap(([value, name]) => [
        [folded(value), value],
        [folded(name), value],
      ]),
    );
    this.#hint = entries.map(([, name]) => name).join('、');
  }

  read(cell: Cell): Parsed<Value> {
    const plain = typeof cell === 'string' ? this.#values.get(cell) : undefined;
    if (plain !== undefined) return plain;
    const text = cell instanceof BadCell ? '' : (shownCell(cell) ?? '');
    return this.#values.get(folded(text)) ?? new Refusal('enum', this.#hint);
  }
}
