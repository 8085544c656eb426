/**
 * Rows of the demo workbook, keyed by the English column names of an import file. Every value is a text as a CSV
 * would hold it: days `2026-07-01`, times `2026-07-01 14:05`, amounts in yuan with two decimals, empty = no value.
 * `employee` is a person's name here, since a person reads the sheets.
 */
export type Row = Readonly<Record<string, string>>;

export const KINDS = [
  'roles',
  'deals',
  'renewals',
  'feedback',
  'collaborations',
  'trainings',
  'assessments',
] as const;
export type Kind = (typeof KINDS)[number];
export type Rows = Readonly<Record<Kind, readonly Row[]>>;

/** Whole yuan as the text of an amount column. */
export const yuan = (amount: number): string => `${amount}.00`;
export const yesNo = (value: boolean): string => (value ? '是' : '否');

/** Sorts by the given column and numbers the rows in that order: `SJ-2026-0001` starts anew each year. */
export function numbered(rows: readonly Row[], id: string, prefix: string, by: string): Row[] {
  const ordered = rows
    .map((row, index) => ({ row, index }))
    .sort((a, b) => (a.row[by] ?? '').localeCompare(b.row[by] ?? '', 'en') || a.index - b.index);
  const counts = new Map<string, number>();
  return ordered.map(({ row }) => {
    const year = (row[by] ?? '').slice(0, 4);
    const count = (counts.get(year) ?? 0) + 1;
    counts.set(year, count);
    return { [id]: `${prefix}-${year}-${String(count).padStart(4, '0')}`, ...row };
  });
}
