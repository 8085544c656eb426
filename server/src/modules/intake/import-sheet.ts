import {
  formatDecimal,
  importIssueText,
  importKindNames,
  type DayString,
  type SegmentBounds,
} from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';
import type { FactKind, FactTypes, MergeOutcome } from '../facts/index.ts';
import { JumpDetector } from './amount-jump.ts';
import type { EmployeeDirectory } from './employee-directory.ts';
import { kindReaders } from './kinds/index.ts';
import type { Kind, KindContext } from './kinds/kind.ts';
import type { SheetMapping } from './mapping.ts';
import { matchHeader, type HeaderMatch } from './match-header.ts';
import { MergeLine } from './merge-line.ts';
import { Refusal } from './parse/refusal.ts';
import { shownCell, type FileRow, type Sheet } from './read/cell.ts';
import type { Tally } from './report.ts';
import { RowReader } from './row-reader.ts';

/** One sheet to import as one kind. */
export interface SheetPlan<Name extends FactKind = FactKind> {
  readonly kind: Name;
  readonly sheet: Sheet;
  readonly mapping: SheetMapping;
}

export interface SheetContext {
  readonly sql: Sql;
  readonly directory: EmployeeDirectory;
  readonly today: DayString;
  readonly segments: SegmentBounds;
  readonly tally: Tally;
  /** Whether issues name their sheet. */
  readonly isWorkbook: boolean;
  readonly lookUpMobile: (mobile: string) => Promise<string | null>;
  readonly merge: (
    kind: FactKind,
    facts: readonly FactTypes[FactKind][],
    rows: readonly number[],
  ) => Promise<MergeOutcome>;
  /** Ids of the good deals of this file, which its receipts may name; null: nothing asks for them. */
  readonly dealsOfFile: Set<string> | null;
}

/** The header of a sheet, matched. @throws AppError import.column_missing, import.column_repeated; null: an empty sheet */
export async function readHeader({ kind, sheet, mapping }: SheetPlan): Promise<HeaderMatch | null> {
  const rows = sheet.rows();
  const first = await rows.next();
  await rows.return(undefined);
  const header = first.done === true ? undefined : first.value[0];
  return header ? matchHeader(header, kind, mapping) : null;
}

/** Reads, checks and merges the rows of one sheet. Memory is bounded by the merge size and one key per row. */
export async function importSheet(
  context: SheetContext,
  plan: SheetPlan,
  header: HeaderMatch,
): Promise<void> {
  await new SheetImport(context, plan, header).run();
}

class SheetImport<Name extends FactKind> {
  readonly #context: SheetContext;
  readonly #plan: SheetPlan<Name>;
  readonly #header: HeaderMatch;
  readonly #kind: Kind<Name>;
  readonly #row: RowReader;
  readonly #kindContext: KindContext;
  /** Natural key → its first row. */
  readonly #seen = new Map<string, number>();
  readonly #line: MergeLine;
  readonly #sheetName: string | null;

  constructor(context: SheetContext, plan: SheetPlan<Name>, header: HeaderMatch) {
    this.#context = context;
    this.#plan = plan;
    this.#header = header;
    this.#kind = kindReaders[plan.kind];
    const { directory, today } = context;
    this.#row = new RowReader({ fields: header.fields, mapping: plan.mapping, directory, today });
    this.#kindContext = { segments: context.segments, jumps: new JumpDetector() };
    this.#sheetName = context.isWorkbook ? importKindNames[plan.kind] : null;
    this.#line = new MergeLine(
      (facts, rows) => context.merge(plan.kind, facts, rows),
      (outcome, rows) => this.#merged(outcome, rows),
    );
  }

  async run(): Promise<void> {
    let headerRow: number | null = null;
    for await (const batch of this.#plan.sheet.rows()) {
      const rows = headerRow === null ? batch.slice(1) : batch;
      headerRow ??= this.#noteIgnored(batch[0]);
      await this.#learnMobiles(rows);
      const accepted = rows.map((row) => this.#read(row)).filter((each) => each !== null);
      const known = this.#plan.kind === 'receipts' ? await this.#withKnownDeals(accepted) : accepted;
      for (const { fact, number } of known) if (this.#line.add(fact, number)) await this.#line.send();
    }
    await this.#line.drain();
    this.#noteJumps();
  }

  /** The fact of a good row, or null. Kinds read their fields and say nothing twice. */
  #read(row: FileRow): { readonly fact: FactTypes[Name]; readonly number: number } | null {
    const { tally } = this.#context;
    tally.rows += 1;
    this.#row.start(row);
    const fact = this.#kind.read(this.#row, this.#kindContext);
    this.#refuseRepeated(fact, row.number);
    if (this.#row.refused) {
      tally.rejected.add(this.#sheetName, row.number, this.#row.refused);
      return null;
    }
    for (const warning of this.#row.warnings) tally.warnings.add(this.#sheetName, row.number, warning);
    this.#kind.accepted?.(fact, row.number, this.#kindContext);
    if (this.#plan.kind === 'deals')
      this.#context.dealsOfFile?.add(detached((fact as FactTypes['deals']).dealId));
    return { fact, number: row.number };
  }

  /** Of two equal keys the second is refused, also when the first was refused for another reason. */
  #refuseRepeated(fact: FactTypes[Name], number: number): void {
    const key = this.#kind.keyOf(fact);
    if (key === '') return;
    const first = this.#seen.get(key);
    if (first === undefined) this.#seen.set(detached(key), number);
    else this.#row.refuse(this.#kind.keyField, new Refusal('duplicate_in_file', String(first)));
  }

  async #withKnownDeals<Entry extends { fact: FactTypes[Name]; number: number }>(
    accepted: readonly Entry[],
  ): Promise<Entry[]> {
    const dealOf = ({ fact }: Entry): string => (fact as FactTypes['receipts']).dealId;
    if (accepted.length === 0) return [];
    const rows = await this.#context.sql.select<{ deal_id: string }>(
      'SELECT deal_id FROM deals WHERE deal_id IN (?)',
      [[...new Set(accepted.map(dealOf))]],
    );
    const known = new Set(rows.map((row) => row.deal_id));
    return accepted.filter((entry) => {
      if (known.has(dealOf(entry)) || this.#context.dealsOfFile?.has(dealOf(entry)) === true) return true;
      const message = importIssueText('unknown_deal');
      const issue = { field: 'deal_id', value: dealOf(entry), code: 'unknown_deal', message } as const;
      this.#context.tally.rejected.add(this.#sheetName, entry.number, issue);
      return false;
    });
  }

  async #learnMobiles(rows: readonly FileRow[]): Promise<void> {
    const { mapping } = this.#plan;
    if (mapping.identify.get('employee') !== 'mobile') return;
    const index = this.#header.fields.get('employee')?.index ?? -1;
    const mobiles = rows
      .map((row) => shownCell(row.cells[index] ?? null))
      .filter((mobile) => mobile !== null);
    await this.#context.directory.learnMobiles(new Set(mobiles), this.#context.lookUpMobile);
  }

  #merged(outcome: MergeOutcome, rows: readonly number[]): void {
    const { tally } = this.#context;
    tally.inserted += outcome.inserted;
    tally.updated += outcome.updated;
    tally.unchanged += outcome.unchanged;
    for (const position of outcome.inLockedPeriods)
      warnOfClosedPeriod(tally, this.#plan.kind, { sheet: this.#sheetName, row: rows[position] ?? 0 });
  }

  #noteIgnored(header: FileRow | undefined): number {
    const message = importIssueText('ignored_column');
    const row = header?.number ?? 1;
    for (const title of this.#header.ignored) {
      this.#context.tally.warnings.add(this.#sheetName, row, {
        field: title,
        value: title,
        code: 'ignored_column',
        message,
      });
    }
    return row;
  }

  #noteJumps(): void {
    const message = importIssueText('amount_jump');
    for (const { row, amountFen } of this.#kindContext.jumps.jumps()) {
      const value = formatDecimal(amountFen, 2);
      this.#context.tally.warnings.add(this.#sheetName, row, {
        field: 'amount',
        value,
        code: 'amount_jump',
        message,
      });
    }
  }
}

/** The change of a row will show as deltas of a statement that is closed. */
export function warnOfClosedPeriod(
  tally: Tally,
  kind: FactKind,
  { sheet, row }: { readonly sheet: string | null; readonly row: number },
): void {
  const message = importIssueText('closed_period');
  tally.warnings.add(sheet, row, {
    ...{ field: kindReaders[kind].keyField, value: null },
    ...{ code: 'closed_period', message },
  });
}

/** V8 keeps the whole piece of the file alive for a part of 13 characters or more that is cut out of it. */
const SLICE_LENGTH = 13;
const detached = (text: string): string => (text.length < SLICE_LENGTH ? text : Buffer.from(text).toString());
