/** A cell that holds nothing a field could be read from: an error value, or a formula that was never calculated. */
export class BadCell {
  /** As a person sees it in the spreadsheet: `#N/A`, `=A1+B1`. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * What a file says in one cell: text (trimmed, never empty), a number, yes/no, a calendar time as an instant of UTC that
 * stands for wall time, or nothing.
 */
export type Cell = string | number | boolean | Date | BadCell | null;

export interface FileRow {
  /** Number in the file: the header is row 1; a CSV record counts once whatever lines it spans. */
  readonly number: number;
  /** By column, from 0; columns beyond the end are blank. */
  readonly cells: readonly Cell[];
}

/** One table of a file. */
export interface Sheet {
  /** Null for a CSV file. */
  readonly name: string | null;
  /** Rows with anything in them, in batches as they are read; the first is the header. */
  rows(): AsyncGenerator<readonly FileRow[]>;
}

/** A file that is open for reading. */
export interface TableFile {
  readonly sheets: readonly Sheet[];
  close(): Promise<void>;
}

/** Shape of exceljs's cell values. */
interface RichText {
  readonly richText: readonly { readonly text?: string | null }[];
}

/** exceljs's value → cell. A formula counts as the result that the file stores for it. */
export function cellOfExcel(value: unknown): Cell {
  if (typeof value === 'string') return textCell(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : new BadCell('#NUM!');
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? new BadCell('#VALUE!') : value;
  if (typeof value !== 'object') return new BadCell(typeof value);
  if ('richText' in value)
    return textCell((value as RichText).richText.map((part) => part.text ?? '').join(''));
  if ('error' in value) return new BadCell(String(value.error));
  if ('formula' in value || 'sharedFormula' in value)
    return formulaCell(value as { formula?: string; result?: unknown });
  if ('text' in value) return cellOfExcel(value.text);
  return new BadCell('?');
}

function formulaCell(value: { readonly formula?: string; readonly result?: unknown }): Cell {
  const { result } = value;
  if (result === undefined || result === null || (typeof result === 'number' && !Number.isFinite(result))) {
    return new BadCell(`=${value.formula ?? ''}`);
  }
  return cellOfExcel(result);
}

const BLANK_CODE = 32;
/** Text of a cell without blanks around it. Most has none: looking first is cheaper than trimming. */
export function textCell(text: string): Cell {
  if (text === '') return null;
  const [first, last] = [text.charCodeAt(0), text.charCodeAt(text.length - 1)];
  const isTrimmed =
    first > BLANK_CODE && last > BLANK_CODE && !WIDE_BLANK.has(first) && !WIDE_BLANK.has(last);
  const trimmed = isTrimmed ? text : text.trim();
  return trimmed === '' ? null : trimmed;
}
/** Blanks beyond ASCII that files are full of: no-break space, ideographic space, byte order mark. */
const WIDE_BLANK: ReadonlySet<number> = new Set([0xa0, 0x3000, 0xfeff]);

const SIGNIFICANT_DIGITS = 15;
/** A spreadsheet computes with 15 significant digits: 0.1 + 0.2 is stored as 0.30000000000000004 and shown as 0.3. */
export const asSpreadsheetShows = (value: number): number =>
  Number.isInteger(value) ? value : Number(value.toPrecision(SIGNIFICANT_DIGITS));

/** The cell as a person would read it in the file; for issues. */
export function shownCell(cell: Cell): string | null {
  if (cell === null || typeof cell === 'string') return cell;
  if (cell instanceof Date) return wallTime(cell).replace(' 00:00:00', '');
  if (cell instanceof BadCell) return cell.text;
  return String(typeof cell === 'number' ? asSpreadsheetShows(cell) : cell);
}

const HALF_SECOND_MS = 500;
/** Wall time `2026-07-01 14:05:09` of an Excel date, whose fraction of a day may be off by microseconds. */
export const wallTime = (date: Date): string =>
  new Date(date.getTime() + HALF_SECOND_MS).toISOString().slice(0, 19).replace('T', ' ');
