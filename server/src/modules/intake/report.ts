import { importKindNames, type AppError, type ErrorCode, type ImportKind } from '@shigang/shared';
import type { RowIssue } from './row-reader.ts';

/** A refused row or a warning, with its place in the file. */
export interface ImportIssue {
  /** Set for a workbook. */
  readonly sheet?: string;
  readonly row: number;
  readonly field: string | null;
  readonly value: string | null;
  readonly code: string;
  readonly message: string;
}

/** What an import did (docs/formats.md §8). */
export interface ImportReport {
  /** Null for a dry run and for a refused file. */
  readonly batchId: string | null;
  readonly kind: ImportKind | 'workbook';
  /** Rows with content, headers not counted. */
  readonly rows: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: readonly ImportIssue[];
  readonly warnings: readonly ImportIssue[];
  /** The file as a whole was not taken over. */
  readonly error?: { readonly code: ErrorCode; readonly message: string };
}

/** Issues listed of each sort; more are counted, not listed, so that a hostile file cannot fill the memory. */
export const MAX_LISTED = 50_000;
/** Characters of an offending value that are shown. */
const MAX_VALUE = 200;

/** Issues of one import, bounded. */
export class IssueLog {
  readonly listed: ImportIssue[] = [];
  count = 0;

  add(sheet: string | null, row: number, issue: RowIssue): void {
    this.count += 1;
    if (this.listed.length >= MAX_LISTED) return;
    const { field, code, message } = issue;
    const value =
      issue.value !== null && issue.value.length > MAX_VALUE
        ? `${issue.value.slice(0, MAX_VALUE)}…`
        : issue.value;
    this.listed.push(
      sheet === null ? { row, field, value, code, message } : { sheet, row, field, value, code, message },
    );
  }
}

/** Running figures of one attempt. */
export class Tally {
  rows = 0;
  inserted = 0;
  updated = 0;
  unchanged = 0;
  readonly rejected = new IssueLog();
  readonly warnings = new IssueLog();

  report(kind: ImportKind | 'workbook', batchId: string | null): ImportReport {
    const { rows, inserted, updated, unchanged } = this;
    const byPlace = (a: ImportIssue, b: ImportIssue): number =>
      sheetOrder(a.sheet) - sheetOrder(b.sheet) || a.row - b.row;
    return {
      batchId,
      kind,
      rows,
      inserted,
      updated,
      unchanged,
      rejected: this.rejected.listed,
      warnings: this.warnings.listed.sort(byPlace),
    };
  }
}

const sheetNames: readonly string[] = Object.values(importKindNames);
const sheetOrder = (sheet: string | undefined): number =>
  sheet === undefined ? 0 : sheetNames.indexOf(sheet);

/** The report of a file that was refused as a whole: nothing was changed. */
export const refusedReport = (report: ImportReport, error: AppError): ImportReport => ({
  ...report,
  batchId: null,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  error: { code: error.code, message: error.message },
});
