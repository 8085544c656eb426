import { AppError, shanghaiInstantMs } from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import { DingTalkError, type DingTalk, type DingTalkRun } from '../../dingtalk/index.ts';
import { today, type Clock } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { letGo } from './let-go.ts';
import { newId } from '../../platform/ids.ts';
import type { News } from '../../platform/events/index.ts';
import { lock } from '../../platform/locks.ts';
import type { Log } from '../../platform/log.ts';
import { markOpenStatements } from '../incentive/index.ts';
import { applyPlan } from './apply-plan.ts';
import type { AddressBook, HrBook, Picture } from './picture.ts';
import { MAX_DEACTIVATED_PERCENT, planOrg, type OrgPlan } from './plan-org.ts';
import { readAddressBook } from './read-address-book.ts';
import { readHrBook } from './read-hr-book.ts';
import { loadStoredOrg, type StoredOrg } from './stored-org.ts';
import {
  finishRun,
  raiseWatermark,
  startRuns,
  watermark,
  type ScopeReport,
  type ScopeStatus,
} from './sync-runs.ts';

/** Scopes that this release syncs, in their order. */
export const SYNC_SCOPES = ['org', 'roster', 'approvals'] as const;
export type SyncScope = (typeof SYNC_SCOPES)[number];
type OrgScope = Exclude<SyncScope, 'approvals'>;

/** Result of a run; times are business time with Shanghai's offset. */
export interface SyncReport {
  readonly status: ScopeStatus;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly scopes: readonly ScopeReport[];
}

export interface SyncOptions {
  /** Asks for everybody's manager again; else only for new and changed people. */
  readonly full?: boolean;
  /** Default: all that this release syncs. */
  readonly only?: readonly string[];
  /** People whose manager is asked for again although nothing else about them has changed. */
  readonly ask?: ReadonlySet<string>;
}

export interface SyncDeps {
  readonly db: Database;
  readonly dingtalk: DingTalk;
  readonly clock: Clock;
  readonly log: Log;
  readonly news: News;
  /** Inside the run's transaction: whoever left loses access at once. */
  readonly endSessions: (tx: Tx, userIds: readonly string[]) => Promise<void>;
  /** Finds ends of approvals of which no event told; metered calls and approvals that were settled. */
  readonly reconcileApprovals: (
    viewer: Viewer,
  ) => Promise<{ readonly calls: number; readonly settled: number }>;
}

/** A read that may have failed: a value, or why there is none. */
type Read<Value> =
  { readonly value: Value; readonly error: null } | { readonly value: null; readonly error: DingTalkError };

/**
 * Two passes: read everything, then apply one plan in one transaction. People missing from a whole picture have left;
 * from an incomplete one nobody has, and more than 5 % at once wait.
 * @throws AppError access.denied; sync.scope_unsupported for a scope of a later release
 */
export async function syncOrg(deps: SyncDeps, viewer: Viewer, options: SyncOptions): Promise<SyncReport> {
  assertMay(viewer, 'sync');
  const scopes = scopesOf(options.only);
  const { db, clock, dingtalk, log } = deps;
  const runId = newId();
  const startedAt = clock.now();
  await startRuns(db, runId, scopes, startedAt);
  const runs = { org: dingtalk.for('sync'), roster: dingtalk.for('sync') };
  const read = await readAll({ deps, runs, scopes, options, startedAt });
  const outcome = await applyAll(deps, read.picture, startedAt);
  const reports: ScopeReport[] = [];
  for (const scope of scopes) {
    if (scope === 'org') reports.push(orgReport(runs.org, read.book, outcome));
    else if (scope === 'roster') reports.push(rosterReport(runs.roster, read.hr, outcome));
    else reports.push(await approvalsReport(deps, viewer));
  }
  for (const report of reports) {
    await finishRun(db, runId, report, clock.now());
    if (report.error !== undefined) log.warn({ scope: report.name, status: report.status }, report.error);
  }
  return {
    status: overall(reports),
    startedAt: shanghaiInstantMs(startedAt),
    finishedAt: shanghaiInstantMs(clock.now()),
    scopes: reports,
  };
}

function scopesOf(only: readonly string[] | undefined): SyncScope[] {
  const unknown = only?.find((scope) => !(SYNC_SCOPES as readonly string[]).includes(scope));
  if (unknown !== undefined) {
    throw new AppError('sync.scope_unsupported', { scope: unknown, scopes: SYNC_SCOPES.join('、') });
  }
  return SYNC_SCOPES.filter((scope) => only === undefined || only.includes(scope));
}

interface Reading {
  readonly deps: SyncDeps;
  readonly runs: Readonly<Record<OrgScope, DingTalkRun>>;
  readonly scopes: readonly SyncScope[];
  readonly options: SyncOptions;
  readonly startedAt: number;
}

interface ReadOutcome {
  readonly book: Read<AddressBook> | null;
  readonly hr: Read<HrBook> | null;
  readonly picture: Picture;
}

/** Both scopes at once: they use different APIs, and the rate is counted per API. */
async function readAll({ deps, runs, scopes, options, startedAt }: Reading): Promise<ReadOutcome> {
  const stored = await loadStoredOrg(deps.db.dataSource.manager);
  const wants = (scope: SyncScope): boolean => scopes.includes(scope);
  const { full = false, ask = new Set<string>() } = options;
  const book = wants('org') ? attempt(readAddressBook(runs.org, { full, ask, stored })) : null;
  const hr = wants('roster') ? attempt(readHr({ deps, run: runs.roster, stored, book, startedAt })) : null;
  const [readBook, readHrBookResult] = await Promise.all([book, hr]);
  return {
    book: readBook,
    hr: readHrBookResult,
    picture: {
      addressBook: readBook?.value ?? null,
      hr: readHrBookResult?.value ?? null,
      isWhole: !readBook?.error && !readHrBookResult?.error,
    },
  };
}

interface HrReading {
  readonly deps: SyncDeps;
  readonly run: DingTalkRun;
  readonly stored: StoredOrg;
  readonly book: Promise<Read<AddressBook>> | null;
  readonly startedAt: number;
}

async function readHr({ deps, run, stored, book, startedAt }: HrReading): Promise<HrBook> {
  const since = await watermark(deps.db, 'leave_records');
  const present =
    book?.then((read) => (read.value ? [...read.value.members.keys()] : null)) ?? Promise.resolve(null);
  return readHrBook(run, {
    present,
    stored: [...stored.employees.values()]
      .filter((employee) => employee.active)
      .map((employee) => employee.userId),
    leaveRecordsFrom: since === null ? null : Number(since),
    now: startedAt,
  });
}

async function attempt<Value>(work: Promise<Value>): Promise<Read<Value>> {
  try {
    return { value: await work, error: null };
  } catch (error) {
    if (error instanceof DingTalkError) return { value: null, error };
    throw error;
  }
}

/** Leave records are read again from a day before the last run, since they appear late. */
const LEAVE_OVERLAP_MS = 86_400_000;

async function applyAll(deps: SyncDeps, picture: Picture, startedAt: number): Promise<OrgPlan | null> {
  if (!picture.addressBook && !picture.hr) return null;
  const { db, clock } = deps;
  return db.transaction(async (tx) => {
    await lock(tx, 'org');
    const plan = planOrg(picture, await loadStoredOrg(tx.manager), today(clock));
    await applyPlan(tx.manager, plan, new Date(clock.now()));
    if (plan.deactivated.length > 0) await letGo(deps, tx, plan.deactivated);
    const employment = [...plan.periods.write, ...plan.periods.remove].map((period) => period.userId);
    await markOpenStatements(tx, [...new Set(employment)], clock.now());
    if (picture.hr)
      await raiseWatermark(tx, 'leave_records', String(startedAt - LEAVE_OVERLAP_MS), startedAt);
    return plan;
  });
}

const NO_ROWS = { read: 0, inserted: 0, updated: 0, deactivated: 0 };

function orgReport(run: DingTalkRun, book: Read<AddressBook> | null, plan: OrgPlan | null): ScopeReport {
  const head = { name: 'org', calls: run.figures.calls, meteredCalls: run.figures.meteredCalls };
  if (!book?.value || !plan)
    return { ...head, ...NO_ROWS, status: 'failed', error: book?.error?.message ?? '' };
  const { departments, members, roles } = book.value;
  const error = orgError(book.value, plan);
  return {
    ...head,
    status: error === null ? 'complete' : 'partial',
    read: departments.length + members.size + (roles?.size ?? 0),
    ...plan.counts.org,
    deactivated: plan.deactivated.length,
    ...(error === null ? {} : { error }),
  };
}

function orgError(book: AddressBook, plan: OrgPlan): string | null {
  const { unread, rolesError } = book;
  const first = unread[0];
  if (first) {
    const departments = unread.map((department) => department.name).join('、');
    return new AppError('sync.incomplete', { count: unread.length, departments, reason: first.reason })
      .message;
  }
  if (plan.heldBack.length > 0) {
    const count = plan.heldBack.length;
    return new AppError('sync.too_many_leavers', {
      count,
      active: plan.activeBefore,
      limit: MAX_DEACTIVATED_PERCENT,
    }).message;
  }
  return rolesError;
}

function rosterReport(run: DingTalkRun, hr: Read<HrBook> | null, plan: OrgPlan | null): ScopeReport {
  const head = { name: 'roster', calls: run.figures.calls, meteredCalls: run.figures.meteredCalls };
  if (!hr?.value || !plan) {
    const error = new AppError('sync.roster_failed', { reason: hr?.error?.message ?? '' }).message;
    return { ...head, ...NO_ROWS, status: 'failed', error };
  }
  const { roster, leavers } = hr.value;
  return {
    ...head,
    status: 'complete',
    read: roster.size + leavers.size,
    ...plan.counts.roster,
    deactivated: 0,
  };
}

/** Every call of it is metered; without a running approval there is none. */
async function approvalsReport(deps: SyncDeps, viewer: Viewer): Promise<ScopeReport> {
  const head = { name: 'approvals', ...NO_ROWS };
  try {
    const { calls, settled } = await deps.reconcileApprovals(viewer);
    return { ...head, status: 'complete', calls, meteredCalls: calls, updated: settled };
  } catch (error) {
    if (!(error instanceof DingTalkError)) throw error;
    return { ...head, status: 'failed', calls: 0, meteredCalls: 0, error: error.message };
  }
}

/** That there was no approval to look after makes a run in which everything else failed no better. */
function overall(reports: readonly ScopeReport[]): ScopeStatus {
  if (reports.every((report) => report.status === 'complete')) return 'complete';
  const others = reports.filter((report) => report.name !== 'approvals');
  const decisive = others.length > 0 ? others : reports;
  return decisive.every((report) => report.status === 'failed') ? 'failed' : 'partial';
}
