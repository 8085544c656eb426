import { basename } from 'node:path';
import { AppError, importIssueText, importKinds, type ImportKind } from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import { sqlInstant, today, type Clock } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { lock } from '../../platform/locks.ts';
import type { Facts } from '../facts/index.ts';
import type { SettingsModule } from '../settings/index.ts';
import { chooseSheets } from './choose-sheets.ts';
import { EmployeeDirectory } from './employee-directory.ts';
import { importSheet, readHeader, type SheetContext, type SheetPlan } from './import-sheet.ts';
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

/** Ends the transaction without keeping anything of it. */
class NotKept extends Error {
  readonly report: ImportReport;

  constructor(report: ImportReport) {
    super('not kept');
    this.report = report;
  }
}

/**
 * Imports a file: every row is checked and merged by natural key in one transaction, which is kept when no row was
 * refused (or with `partial`). The same file again changes nothing; two imports of a kind at once wait for each other.
 * A file that cannot be taken over comes back as a report with `error`.
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
      return await inTransaction(deps, viewer, { request, kind, sheets, unknown });
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof NotKept) return error.report;
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

async function inTransaction(deps: IntakeDeps, viewer: Viewer, job: ImportJob): Promise<ImportReport> {
  const segments = (await deps.settings.current()).segments;
  return deps.db.transaction(async (tx) => {
    const batchId = newId();
    const tally = new Tally();
    const kinds = job.sheets.map(({ plan }) => plan.kind);
    for (const kind of [...new Set(kinds)].sort()) await lock(tx, `import:${kind}`);
    const writer = await deps.facts.openWriter(tx, batchId);
    const context: SheetContext = {
      tx,
      tally,
      segments,
      directory: await EmployeeDirectory.load(tx),
      today: today(deps.clock),
      isWorkbook: job.kind === 'workbook',
      lookUpMobile: deps.lookUpMobile ?? noMobiles,
      merge: (kind, facts) => writer.merge(kind, facts),
    };
    const message = importIssueText('ignored_column');
    for (const name of job.unknown)
      tally.warnings.add(name, 0, { field: '', value: name, code: 'ignored_column', message });
    for (const { plan, header } of job.sheets) await importSheet(context, plan, header);
    if (job.request.dryRun === true) throw new NotKept(tally.report(job.kind, null));
    if (tally.rejected.count > 0 && job.request.partial !== true) {
      const error = new AppError('import.rejected', { count: tally.rejected.count });
      throw new NotKept(refusedReport(tally.report(job.kind, null), error));
    }
    await writer.finish();
    const report = tally.report(job.kind, batchId);
    await keepBatch(tx, deps, { viewer, report, fileName: basename(job.request.path) });
    return report;
  });
}

const noMobiles = (): Promise<string | null> => Promise.reject(new AppError('import.mobile_unavailable'));

interface Batch {
  readonly viewer: Viewer;
  readonly report: ImportReport;
  readonly fileName: string;
}

const MAX_FILE_NAME = 255;
const MAX_VALUE = 255;
const MAX_FIELD = 64;

/** The batch with its figures, the warnings that the data-quality view lists, and the audit entry. */
async function keepBatch(tx: Tx, deps: IntakeDeps, { viewer, report, fileName }: Batch): Promise<void> {
  const { batchId, kind, rows, inserted, updated, unchanged, rejected, warnings } = report;
  const figures = {
    rows,
    inserted,
    updated,
    unchanged,
    rejected: rejected.length,
    warnings: warnings.length,
  };
  const name = fileName.slice(-MAX_FILE_NAME);
  await tx.execute(
    'INSERT INTO import_batches (id, kind, file_name, figures, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?)',
    [batchId, kind, name, JSON.stringify(figures), sqlInstant(deps.clock.now()), viewer.actor],
  );
  await tx.insertMany(
    'import_warnings',
    ['batch_id', 'position', 'kind', 'row_number_in_file', 'field', 'code', 'value'],
    warnings.map((warning, position) => [
      batchId,
      position,
      (warning.sheet ?? kind).slice(0, 16),
      warning.row,
      warning.field?.slice(0, MAX_FIELD) ?? null,
      warning.code,
      warning.value?.slice(0, MAX_VALUE) ?? null,
    ]),
  );
  await deps.audit.record(tx, viewer, {
    action: 'import.applied',
    subjectKind: 'import_batch',
    subjectId: batchId ?? '',
    after: { kind, file: name, ...figures },
  });
}
