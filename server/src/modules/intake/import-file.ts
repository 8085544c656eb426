import { basename } from 'node:path';
import { AppError, importIssueText, importKindNames, importKinds, type ImportKind } from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import { today, type Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Facts, ImportBatch } from '../facts/index.ts';
import type { SettingsModule } from '../settings/index.ts';
import { chooseSheets } from './choose-sheets.ts';
import { EmployeeDirectory } from './employee-directory.ts';
import {
  importSheet,
  readHeader,
  warnOfClosedPeriod,
  type SheetContext,
  type SheetPlan,
} from './import-sheet.ts';
import { kindReaders } from './kinds/index.ts';
import { readMapping } from './mapping.ts';
import type { HeaderMatch } from './match-header.ts';
import { openTableFile } from './read/open-file.ts';
import { refusedReport, Tally, type ImportReport } from './report.ts';

export interface IntakeDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: AuditLog;
  readonly facts: Facts;
  readonly settings: SettingsModule;
  /** DingTalk's userid of a mobile number, null: nobody's; absent where DingTalk is not configured. Never stored. */
  readonly lookUpMobile?: (mobile: string) => Promise<string | null>;
}

export interface ImportRequest {
  /** A kind, or `workbook`: all sheets that are named as kinds. */
  readonly kind: string;
  readonly path: string;
  /** The mapping document, parsed JSON. */
  readonly mapping?: unknown;
  /** Does everything and keeps nothing. */
  readonly dryRun?: boolean;
  /** Keeps the good rows of a file that has refused ones. */
  readonly partial?: boolean;
  /** utf-8, gbk, gb18030, utf-16le; recognised when absent. */
  readonly encoding?: string;
}

type Wanted = ImportKind | 'workbook';
interface OpenSheet {
  readonly plan: SheetPlan;
  readonly header: HeaderMatch;
}

/**
 * Imports a file: every row is read, checked and compared by natural key first; when no row was refused (or with
 * `partial`) all that differs is taken over, to its end whatever happens. The same file again changes nothing; of two
 * imports of a kind at once the later one is applied after the earlier. A file that cannot be taken over comes back as a
 * report with `error`.
 * @throws AppError access.denied, import.kind_unknown, import.mapping_invalid; errors of the database
 */
export async function importFile(
  deps: IntakeDeps,
  viewer: Viewer,
  request: ImportRequest,
): Promise<ImportReport> {
  assertMay(viewer, 'import');
  const kind = wantedKind(request.kind);
  const mappings = request.mapping === undefined ? new Map() : readMapping(request.mapping, kind);
  try {
    const file = await openTableFile(request.path, request.encoding);
    try {
      const { plans, unknown } = chooseSheets(file, kind, mappings);
      const sheets = await openSheets(plans);
      return await importSheets(deps, viewer, { request, kind, sheets, unknown });
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('import.'))
      return refusedReport(new Tally().report(kind, null), error);
    throw error;
  }
}

function wantedKind(kind: string): Wanted {
  const known: readonly string[] = [...importKinds, 'workbook'];
  if (!known.includes(kind))
    throw new AppError('import.kind_unknown', { kind, kinds: importKinds.join('、') });
  return kind as Wanted;
}

/** Headers of all sheets, before any row is read. Sheets without a header are left out; a file without any is refused. */
async function openSheets(plans: readonly SheetPlan[]): Promise<OpenSheet[]> {
  const sheets: OpenSheet[] = [];
  for (const plan of plans) {
    const header = await readHeader(plan);
    if (header) sheets.push({ plan, header });
  }
  if (sheets.length === 0) throw new AppError('import.empty');
  return sheets;
}

interface ImportJob {
  readonly request: ImportRequest;
  readonly kind: Wanted;
  readonly sheets: readonly OpenSheet[];
  /** Sheets of a workbook that are no kind. */
  readonly unknown: readonly string[];
}

/** Reads everything, then takes all of it over or nothing. */
async function importSheets(deps: IntakeDeps, viewer: Viewer, job: ImportJob): Promise<ImportReport> {
  const tally = new Tally();
  if (job.request.dryRun === true) {
    const preview = deps.facts.previewBatch();
    await readSheets(deps, job, { tally, merge: (kind, facts) => preview.merge(kind, facts) });
    return tally.report(job.kind, null);
  }
  const batch = await deps.facts.openBatch({
    kind: job.kind,
    kinds: job.sheets.map(({ plan }) => plan.kind),
    fileName: basename(job.request.path).slice(-MAX_FILE_NAME),
    actor: viewer.actor,
  });
  try {
    await readSheets(deps, job, { tally, merge: (kind, facts, rows) => batch.merge(kind, facts, rows) });
    if (tally.rejected.count > 0 && job.request.partial !== true) {
      await batch.drop();
      const error = new AppError('import.rejected', { count: tally.rejected.count });
      return refusedReport(tally.report(job.kind, null), error);
    }
    await takeOver(batch, job, tally);
    return tally.report(job.kind, batch.batchId);
  } catch (error) {
    // What is being applied already goes on without us; anything else leaves nothing behind.
    await batch.drop().catch(() => undefined);
    throw error;
  }
}

interface Reading {
  readonly tally: Tally;
  readonly merge: SheetContext['merge'];
}

async function readSheets(deps: IntakeDeps, job: ImportJob, { tally, merge }: Reading): Promise<void> {
  const kinds = new Set(job.sheets.map(({ plan }) => plan.kind));
  const context: SheetContext = {
    sql: deps.db,
    tally,
    segments: (await deps.settings.current()).segments,
    directory: await EmployeeDirectory.load(deps.db),
    today: today(deps.clock),
    isWorkbook: job.kind === 'workbook',
    lookUpMobile: deps.lookUpMobile ?? noMobiles,
    merge,
    dealsOfFile: kinds.has('deals') && kinds.has('receipts') ? new Set() : null,
  };
  const message = importIssueText('ignored_column');
  for (const name of job.unknown)
    tally.warnings.add(name, 0, { field: '', value: name, code: 'ignored_column', message });
  for (const { plan, header } of job.sheets) await importSheet(context, plan, header);
}

const noMobiles = (): Promise<string | null> => Promise.reject(new AppError('import.mobile_unavailable'));

const MAX_FILE_NAME = 255;
const MAX_VALUE = 255;
const MAX_FIELD = 64;
const MAX_SHEET = 16;

/** Applies what was read; the tally then says what came of it. */
async function takeOver(batch: ImportBatch, job: ImportJob, tally: Tally): Promise<void> {
  const { rows, rejected, warnings } = tally.report(job.kind, batch.batchId);
  const applied = await batch.apply({
    rows,
    rejected: rejected.length,
    warnings: warnings.map((warning) => ({
      kind: (warning.sheet ?? job.kind).slice(0, MAX_SHEET),
      row: warning.row,
      field: warning.field?.slice(0, MAX_FIELD) ?? null,
      code: warning.code,
      value: warning.value?.slice(0, MAX_VALUE) ?? null,
    })),
    keyFields: Object.fromEntries(job.sheets.map(({ plan }) => [plan.kind, kindReaders[plan.kind].keyField])),
  });
  tally.inserted = applied.inserted;
  tally.updated = applied.updated;
  tally.unchanged = applied.unchanged;
  for (const { kind, row } of applied.closed) {
    const sheet = job.kind === 'workbook' ? importKindNames[kind] : null;
    warnOfClosedPeriod(tally, kind, { sheet, row });
  }
}
