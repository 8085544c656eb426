import { importIssueText, type DayString, type ImportIssueCode } from '@shigang/shared';
import type { StatedCredit } from '../facts/index.ts';
import { isEmployed, type EmployeeDirectory } from './employee-directory.ts';
import type { SheetMapping } from './mapping.ts';
import type { FieldSource } from './match-header.ts';
import { parseCredits } from './parse/credits.ts';
import { parseAmount, parseBounded, parseYesNo, type DecimalBounds } from './parse/numbers.ts';
import { folded, Refusal, type Parsed } from './parse/refusal.ts';
import { parseText, type Choice } from './parse/texts.ts';
import { parseDay, parseMoment } from './parse/times.ts';
import { BadCell, shownCell, textCell, type Cell, type FileRow } from './read/cell.ts';

/** What a row is refused for, or warned about. */
export interface RowIssue {
  readonly field: string;
  readonly value: string | null;
  readonly code: ImportIssueCode;
  readonly message: string;
}

export interface ReaderContext {
  readonly fields: ReadonlyMap<string, FieldSource>;
  readonly mapping: SheetMapping;
  readonly directory: EmployeeDirectory;
  /** Business day: what lies after it is warned about. */
  readonly today: DayString;
}

const MAX_ID = 64;

/**
 * Reads the fields of one row after the other. A field that cannot be read notes why the row is refused (the first
 * reason stands) and gives a stand-in, so that a kind's reader needs no branch for it.
 */
export class RowReader {
  readonly #context: ReaderContext;
  #row: FileRow = { number: 0, cells: [] };
  /** Why the row is refused; null: it is good. */
  refused: RowIssue | null = null;
  warnings: RowIssue[] = [];

  constructor(context: ReaderContext) {
    this.#context = context;
  }

  /** Business day of the import. */
  get today(): DayString {
    return this.#context.today;
  }

  start(row: FileRow): void {
    this.#row = row;
    this.refused = null;
    this.warnings = [];
  }

  id(name: string): string {
    return this.#required(name, (cell) => parseText(cell, MAX_ID)) ?? '';
  }

  text(name: string, max: number): string | null {
    return this.#optional(name, (cell) => parseText(cell, max));
  }

  requiredText(name: string, max: number): string {
    return this.#required(name, (cell) => parseText(cell, max)) ?? '';
  }

  day(name: string, options: { mayBeFuture?: boolean } = {}): DayString | null {
    const day = this.#optional(name, (cell, source) => parseDay(cell, source.formats));
    if (day !== null && options.mayBeFuture !== true && day > this.#context.today)
      this.warn('future_date', name);
    return day;
  }

  /** A missing day is noted; the stand-in is today. */
  requiredDay(name: string, options: { mayBeFuture?: boolean } = {}): DayString {
    return this.require(name, this.day(name, options)) ?? this.#context.today;
  }

  moment(name: string): string | null {
    const moment = this.#optional(name, (cell, source) => parseMoment(cell, source.formats));
    if (moment !== null && moment.slice(0, 10) > this.#context.today) this.warn('future_date', name);
    return moment;
  }

  /** An amount in fen; negative ones are out of range unless allowed. */
  amount(name: string, options: { mayBeNegative?: boolean } = {}): number | null {
    const amountFen = this.#optional(name, parseAmount);
    if (amountFen === null || amountFen >= 0 || options.mayBeNegative === true) return amountFen;
    this.refuse(name, new Refusal('range', '不能为负数'));
    return null;
  }

  bounded(name: string, bounds: DecimalBounds): number | null {
    return this.#optional(name, (cell) => parseBounded(cell, bounds));
  }

  yesNo(name: string): boolean | null {
    return this.#optional(name, parseYesNo);
  }

  choice<Value extends string>(name: string, choice: Choice<Value>): Value | null {
    return this.#optional(name, (cell) => choice.read(cell));
  }

  /** The userid of who is named; somebody not employed on that day is warned about. */
  employee(name: string, on: DayString): string {
    const written = this.#required(name, (cell) => parseText(cell, MAX_ID));
    if (written === null) return '';
    const person = this.#context.directory.find(written, on, this.#context.mapping.identify.get(name));
    if (person instanceof Refusal) {
      this.refuse(name, person);
      return '';
    }
    if (!isEmployed(person, on)) this.warn('not_employed', name, on);
    return person.userId;
  }

  /** Shares of the record; somebody named twice has the sum. `no_credit` when the record's own employee has none. */
  credits(name: string, on: DayString, userId: string): StatedCredit[] | null {
    const written = this.#optional(name, parseCredits);
    if (written === null) return null;
    const shares = new Map<string, number>();
    for (const { person, bp } of written) {
      const found = this.#context.directory.find(person, on, this.#context.mapping.identify.get(name));
      if (found instanceof Refusal) {
        this.refuse(name, found, person);
        return null;
      }
      shares.set(found.userId, (shares.get(found.userId) ?? 0) + bp);
    }
    if (!shares.has(userId)) this.warn('no_credit', name);
    return [...shares].map(([person, bp]) => ({ userId: person, bp }));
  }

  /** Notes a missing value; passes the value on. */
  require<Value>(name: string, value: Value | null): Value | null {
    if (value === null && this.cell(name) === null) this.refuse(name, new Refusal('required'));
    return value;
  }

  /** Notes that the later of two days or times lies before the earlier one. */
  inOrder(earlier: string | null, laterName: string, later: string | null, hint: string): void {
    if (earlier !== null && later !== null && later < earlier)
      this.refuse(laterName, new Refusal('order', `${hint} ${earlier}`));
  }

  refuse(name: string, refusal: Refusal, value: string | null = this.#shown(name)): void {
    this.refused ??= this.#issue(name, refusal, value);
  }

  warn(code: ImportIssueCode, name: string, hint = ''): void {
    this.warnings.push(this.#issue(name, new Refusal(code, hint), this.#shown(name)));
  }

  /** The cell of a field after the mapping's values and default. */
  cell(name: string): Cell {
    const source = this.#source(name);
    const cell = this.#written(source);
    if (cell === null) return source.fallback;
    if (source.values === null || cell instanceof BadCell) return cell;
    const meant = source.values.get(folded(shownCell(cell) ?? ''));
    return meant === undefined ? cell : textCell(meant);
  }

  /** The cell as it stands in the file. */
  #written(source: FieldSource): Cell {
    return source.index < 0 ? null : (this.#row.cells[source.index] ?? null);
  }

  #required<Value>(name: string, parse: (cell: Cell, source: FieldSource) => Parsed<Value>): Value | null {
    return this.require(name, this.#optional(name, parse));
  }

  #optional<Value>(name: string, parse: (cell: Cell, source: FieldSource) => Parsed<Value>): Value | null {
    const cell = this.cell(name);
    if (cell === null) return null;
    const parsed = parse(cell, this.#source(name));
    if (!(parsed instanceof Refusal)) return parsed;
    this.refuse(name, parsed);
    return null;
  }

  #source(name: string): FieldSource {
    const source = this.#context.fields.get(name);
    if (!source) throw new TypeError(`no column ${name}`);
    return source;
  }

  /** What a person finds in the file, or the default that stood in for it. */
  #shown(name: string): string | null {
    const source = this.#source(name);
    return shownCell(this.#written(source) ?? source.fallback);
  }

  #issue(name: string, { code, hint }: Refusal, value: string | null): RowIssue {
    const field = this.#source(name).column.title;
    return { field: name, value, code, message: importIssueText(code, { field, hint }) };
  }
}
