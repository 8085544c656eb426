import { formatDecimal, shanghaiWallTime, type Period, type SalesRole, type Tier } from '@shigang/shared';
import { visibleEmployees, type Viewer } from '../../access/index.ts';
import { requireCycle } from '../cycle/index.ts';
import type { ReviewDeps } from './deps.ts';
import { recordListRead } from './list-read.ts';

/** One row of the tier list (docs/formats.md §7), as text ready for a cell. */
export interface TierListRow {
  readonly period: Period;
  readonly userid: string;
  readonly job_number: string;
  readonly name: string;
  readonly department: string;
  readonly role: SalesRole;
  /** Two decimals; empty without a score. */
  readonly score: string;
  readonly coverage: string;
  readonly suggested: Tier | '';
  /** The decided tier, `later`, or empty. */
  readonly decided: Tier | 'later' | '';
  readonly reason: string;
  readonly decided_by: string;
  /** Shanghai wall time. */
  readonly decided_at: string;
}

export const tierListColumns = [
  'period',
  'userid',
  'job_number',
  'name',
  'department',
  'role',
  'score',
  'coverage',
  'suggested',
  'decided',
  'reason',
  'decided_by',
  'decided_at',
] as const satisfies readonly (keyof TierListRow)[];

interface Raw {
  readonly userId: string;
  readonly name: string;
  readonly jobNumber: string | null;
  readonly department: string | null;
  readonly role: SalesRole;
  readonly score: number | null;
  readonly coverage: number | null;
  readonly suggested: Tier | null;
  readonly kind: 'decided' | 'later' | null;
  readonly decided: Tier | null;
  readonly reason: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
}

/** The members whom the viewer may see, best score first; the read is audited as one. @throws AppError cycle.not_found */
export async function tierList(deps: ReviewDeps, viewer: Viewer, cycleId: string): Promise<TierListRow[]> {
  const cycle = await requireCycle(deps.db, cycleId);
  const may = visibleEmployees(viewer, 'cycle', 'm.user_id');
  const rows = await deps.db.select<Raw>(
    `SELECT m.user_id AS userId, m.name, e.job_number AS jobNumber, t.name AS department, m.present_role AS role,
       m.score_hundredths AS score, m.coverage_hundredths AS coverage, m.tier AS suggested, d.kind, d.tier AS decided,
       d.reason, COALESCE(b.name, d.decided_by) AS decidedBy, d.decided_at AS decidedAt
     FROM cycle_members m
     LEFT JOIN employees e ON e.user_id = m.user_id
     LEFT JOIN departments t ON t.dept_id = m.main_dept_id
     LEFT JOIN decisions d ON d.cycle_id = m.cycle_id AND d.user_id = m.user_id AND d.current_key IS NOT NULL
     LEFT JOIN employees b ON b.user_id = d.decided_by
     WHERE m.cycle_id = ? AND ${may.sql} ORDER BY m.score_hundredths DESC, m.user_id`,
    [cycleId, ...may.params],
  );
  await recordListRead(deps, viewer, { list: 'tier_list', cycleId, people: rows.length });
  return rows.map((row) => ({
    period: cycle.period,
    userid: row.userId,
    job_number: row.jobNumber ?? '',
    name: row.name,
    department: row.department ?? '',
    role: row.role,
    score: row.score === null ? '' : formatDecimal(row.score, 2),
    coverage: row.coverage === null ? '' : formatDecimal(row.coverage, 2),
    suggested: row.suggested ?? '',
    decided: row.kind === 'later' ? 'later' : (row.decided ?? ''),
    reason: row.reason ?? '',
    decided_by: row.decidedBy ?? '',
    decided_at: row.decidedAt === null ? '' : shanghaiWallTime(row.decidedAt.getTime()),
  }));
}
