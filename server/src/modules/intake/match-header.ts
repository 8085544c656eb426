import {
  AppError,
  importColumns,
  importKindNames,
  type ImportColumn,
  type ImportKind,
} from '@shigang/shared';
import { shownCell, textCell, type Cell, type FileRow } from './read/cell.ts';
import type { SheetMapping } from './mapping.ts';
import type { DateFormat } from './parse/date-format.ts';
import { folded } from './parse/refusal.ts';

/** Where one field's value comes from. */
export interface FieldSource {
  readonly column: ImportColumn;
  /** Index of the cell; -1: the file has no such column. */
  readonly index: number;
  readonly values: ReadonlyMap<string, string> | null;
  readonly formats: readonly DateFormat[];
  /** Read instead of a blank cell. */
  readonly fallback: Cell;
}

export interface HeaderMatch {
  readonly fields: ReadonlyMap<string, FieldSource>;
  /** Headers that feed nothing, as written. */
  readonly ignored: readonly string[];
}

/** A header is matched by its English or Chinese name; blanks, full-width forms, case and a closing `*` do not count. */
const headerKey = (text: string): string => folded(text).replace(/\s*\*+$/, '');

/**
 * Finds the columns of a kind in a header row; what the mapping says about a header comes before its name.
 * @throws AppError import.column_missing, import.column_repeated
 */
export function matchHeader(header: FileRow, kind: ImportKind, mapping: SheetMapping): HeaderMatch {
  const columns = importColumns[kind];
  const titles = header.cells.map((cell) => shownCell(cell));
  const byName = new Map(
    columns.flatMap((column) => [
      [headerKey(column.name), column],
      [headerKey(column.title), column],
    ]),
  );
  const mapped = new Map<string, number[]>();
  const named = new Map<string, number[]>();
  titles.forEach((title, index) => {
    if (title === null) return;
    const fields = mapping.columns.get(folded(title));
    const name = byName.get(headerKey(title))?.name;
    for (const field of fields ?? []) mapped.set(field, [...(mapped.get(field) ?? []), index]);
    if (fields === undefined && name !== undefined) named.set(name, [...(named.get(name) ?? []), index]);
  });
  const indexes = new Map(
    columns.map((column) => [column.name, mapped.get(column.name) ?? named.get(column.name) ?? []]),
  );
  refuseRepeated(indexes, titles);
  refuseMissing(indexes, kind, mapping);
  const used = new Set([...indexes.values()].flat());
  const isLeftOut = (title: string): boolean => mapping.columns.get(folded(title))?.length === 0;
  return {
    fields: new Map(
      columns.map((column) => [column.name, sourceOf(column, indexes.get(column.name)?.[0], mapping)]),
    ),
    ignored: titles.filter(
      (title, index): title is string => title !== null && !used.has(index) && !isLeftOut(title),
    ),
  };
}

const sourceOf = (column: ImportColumn, index: number | undefined, mapping: SheetMapping): FieldSource => ({
  column,
  index: index ?? -1,
  values: mapping.values.get(column.name) ?? null,
  formats: mapping.formats.get(column.name) ?? [],
  fallback: textCell(mapping.defaults.get(column.name) ?? ''),
});

function refuseRepeated(
  indexes: ReadonlyMap<string, readonly number[]>,
  titles: readonly (string | null)[],
): void {
  const repeated = [...indexes.values()].filter((found) => found.length > 1);
  if (repeated.length === 0) return;
  const names = repeated.map((found) => found.map((index) => titles[index] ?? '').join(' / '));
  throw new AppError('import.column_repeated', { columns: names.join('、') });
}

function refuseMissing(
  indexes: ReadonlyMap<string, readonly number[]>,
  kind: ImportKind,
  mapping: SheetMapping,
): void {
  const missing = importColumns[kind].filter(
    (column) =>
      column.required && indexes.get(column.name)?.length === 0 && !mapping.defaults.has(column.name),
  );
  if (missing.length === 0) return;
  const names = missing.map((column) => `${column.title}（${column.name}）`);
  throw new AppError('import.column_missing', { columns: `${importKindNames[kind]}：${names.join('、')}` });
}
