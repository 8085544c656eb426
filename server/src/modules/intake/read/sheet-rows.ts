import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { cellOfExcel, type Cell, type FileRow } from './cell.ts';

/** What the cells of a sheet refer to. */
export interface SheetSources {
  /** Text, or rich text as exceljs reads it; absent: the workbook has no such part. */
  readonly strings: readonly unknown[] | undefined;
  /** The number format of a style. */
  readonly formatOf: (style: number) => string | undefined;
  /** Days are counted from 1904. */
  readonly is1904: boolean;
}

interface OpenCell {
  readonly column: number;
  readonly style: number;
  readonly type: string | undefined;
  formula: Content | null;
  value: Content | null;
}
interface Content {
  text: string;
}
interface OpenRow {
  readonly number: number;
  readonly format: string | undefined;
  readonly cells: Cell[];
}

/**
 * The rows of one sheet's XML, piece by piece. It takes cells as exceljs's streaming reader does, without building a row, a
 * cell and a style of exceljs for each, which cost more than all the rest of reading a file.
 */
export class SheetRows {
  readonly #sources: SheetSources;
  readonly #parser = new SaxesParser();
  readonly #isDate = new Map<string, boolean>();
  #error: Error | null = null;
  #isInData = false;
  #row: OpenRow | null = null;
  #cell: OpenCell | null = null;
  #content: Content | null = null;
  #done: FileRow[] = [];

  constructor(sources: SheetSources) {
    this.#sources = sources;
    this.#parser.on('error', (error) => (this.#error = error));
    this.#parser.on('opentag', (tag) => this.#open(tag));
    this.#parser.on('text', (text) => {
      if (this.#content) this.#content.text += text;
    });
    this.#parser.on('closetag', (tag) => this.#close(tag.name));
  }

  /** The rows that end in this piece, blank ones as well. @throws Error: no well-formed XML, or no sheet */
  read(piece: string): FileRow[] {
    this.#parser.write(piece);
    if (this.#error) throw this.#error;
    const rows = this.#done;
    this.#done = [];
    return rows;
  }

  #open({ name, attributes }: SaxesTagPlain): void {
    if (name === 'c') {
      if (this.#row) this.#cell = openCell(attributes);
    } else if (name === 'v' || name === 't' || name === 'is') {
      if (this.#cell) this.#content = this.#cell.value = { text: '' };
    } else if (name === 'f') {
      if (this.#cell) this.#content = this.#cell.formula = { text: '' };
    } else if (name === 'row') {
      if (this.#isInData) this.#row = this.#openRow(attributes);
    } else if (name === 'sheetData') {
      this.#isInData = true;
    }
  }

  #close(name: string): void {
    if (name === 'c') {
      if (this.#row && this.#cell) this.#put(this.#row, this.#cell);
      this.#cell = null;
    } else if (name === 'row') {
      if (!this.#row) throw new Error('a row outside the data');
      this.#done.push({ number: this.#row.number, cells: trimmed(this.#row.cells) });
      this.#row = null;
    } else if (name === 'sheetData') {
      this.#isInData = false;
    }
  }

  #openRow({ r: number, s: style }: Readonly<Record<string, string>>): OpenRow {
    const format = style === undefined ? undefined : this.#sources.formatOf(parseInt(style, 10));
    return { number: parseInt(number ?? '', 10), format, cells: [] };
  }

  #put(row: OpenRow, cell: OpenCell): void {
    if (cell.column === 0) return;
    const value = cellOfExcel(this.#valueOf(row, cell));
    const { cells } = row;
    while (cells.length < cell.column) cells.push(null);
    cells[cell.column - 1] = value;
  }

  #valueOf(row: OpenRow, { type, style, formula, value }: OpenCell): unknown {
    if (formula) return { formula: formula.text, result: resultOf(type, formula, value) };
    if (!value) return null;
    switch (type) {
      case 's':
        return this.#sources.strings
          ? this.#sources.strings[parseInt(value.text, 10)]
          : { sharedString: value.text };
      case 'inlineStr':
      case 'str':
        return decoded(value.text);
      case 'e':
        return { error: value.text };
      case 'b':
        return parseInt(value.text, 10) !== 0;
      default: {
        const format = (style ? this.#sources.formatOf(style) : undefined) ?? row.format;
        const number = numberOf(value.text);
        return format !== undefined && this.#isDateFormat(format)
          ? dayOfExcel(number, this.#sources.is1904)
          : number;
      }
    }
  }

  #isDateFormat(format: string): boolean {
    const known = this.#isDate.get(format);
    if (known !== undefined) return known;
    const bare = format.replaceAll(/\[[^\]]*\]/g, '').replaceAll(/"[^"]*"/g, '');
    const isDate = /[ymdhMsb]/.test(bare);
    this.#isDate.set(format, isDate);
    return isDate;
  }
}

function openCell({ r: reference, s: style, t: type }: Readonly<Record<string, string>>): OpenCell {
  if (reference === undefined) throw new Error('a cell without an address');
  return { column: columnOf(reference), style: parseInt(style ?? '', 10), type, formula: null, value: null };
}

const LETTER_A = 65;
const LETTER_Z = 90;
const LETTERS = 26;
/** Columns that a sheet can have at all. */
const MAX_COLUMNS = 16_384;

/** The column of an address such as `AB12`, from 1; 0: it names none. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at);
    if (code >= LETTER_A && code <= LETTER_Z) column = column * LETTERS + code - LETTER_A + 1;
    else if (code >= 48 && code <= 57) break;
  }
  if (column > MAX_COLUMNS) throw new Error('a column beyond the last');
  return column;
}

/** What the file stores for a formula; undefined: nothing, or the 0 that stands for "not calculated". */
function resultOf(type: string | undefined, formula: Content, value: Content | null): unknown {
  if (!value) return undefined;
  const result = type === 'str' ? decoded(value.text) : numberOf(value.text);
  // A shared formula has no text of its own, and its 0 is kept.
  return formula.text === '' ? result : result || undefined;
}

/** A spreadsheet's own number, which is a double; NaN: it is none. */
const numberOf = (text: string): number => (text.trim() === '' ? NaN : Number(text));

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };
/** Programs that escape twice are many. */
const decoded = (text: string): string =>
  text.includes('&') ? text.replaceAll(/&([a-z]*);/g, (all, name: string) => ENTITIES[name] ?? all) : text;

const DAYS_TO_1970 = 25_569;
const DAYS_TO_1904 = 1_462;
const dayOfExcel = (days: number, is1904: boolean): Date =>
  new Date(Math.round((days - DAYS_TO_1970 + (is1904 ? DAYS_TO_1904 : 0)) * 24 * 3600 * 1000));

/** Without blanks at the end. */
function trimmed(cells: Cell[]): Cell[] {
  let { length } = cells;
  while (length > 0 && cells[length - 1] === null) length -= 1;
  cells.length = length;
  return cells;
}
