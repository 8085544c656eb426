import {
  AppError,
  compileModel,
  countTiers,
  indicatorsOf,
  isPublic,
  largestGap,
  metricInfoOf,
  previousPeriod,
  roleChangeStates,
  salesRoles,
  shanghaiDay,
  tiers,
  type CompiledModel,
  type RoleChangeState,
  type SalesRole,
  type Tier,
  explanationAnswer,
} from '@shigang/shared';
import { visibleEmployees, type Viewer } from '../../access/index.ts';
import { today } from '../../platform/clock.ts';
import { present, roleModelVersion, type RoleModelVersion } from '../match/index.ts';
import { findProfileValues } from '../profile/index.ts';
import { shanghaiInstant } from '@shigang/shared';
import { cycleIdOf, findCycle, hasLeftSql, type Cycle } from '../cycle/index.ts';
import type { ReviewDeps } from './deps.ts';
import type {
  CycleAnswer,
  CycleDecision,
  CyclePeopleAnswer,
  CyclePerson,
  CyclePersonAnswer,
} from '@shigang/shared/answers';
import { recordListRead } from './list-read.ts';
import { countedOf, membersOf } from './members.queries.ts';
import { unreachedNames } from '../notice/index.ts';

/** The board's head without the viewer's own; `snapshotAt` in business ms. */
export type Board = Omit<CycleAnswer, 'viewer' | 'nowAt' | 'dataAt'> & { readonly snapshotAt: number | null };

/** @throws AppError cycle.not_found */
export async function cycleBoard(deps: ReviewDeps, viewer: Viewer, cycleId: string): Promise<Board> {
  const cycle = await deps.cycle.visible(viewer, cycleId);
  const { version, model } = await roleModelVersion(deps.db, cycle.role, cycle.modelVersion);
  const members = await membersOf(deps.db, { cycle, viewer, today: today(deps.clock) });
  const { insufficient_data: insufficientData, ...counts } = countTiers(members.map(countedOf));
  return {
    cycleId,
    period: cycle.period,
    state: cycle.state,
    model: { role: cycle.role, version, name: model.name },
    thresholds: {
      transitionHundredths: model.thresholds.transition,
      trainHundredths: model.thresholds.train,
    },
    counts: { ...counts, insufficientData },
    people: members.length,
    computed: members.filter((member) => member.suggested !== null).length,
    decided: members.filter((member) => member.decisionKind !== null).length,
    publishedOn: cycle.publishedAt === null ? null : shanghaiDay(cycle.publishedAt.getTime()),
    unreached: await unreachedNames(deps.db, viewer, cycleId),
    cycles: await deps.cycle.list(viewer, cycle.role),
    snapshotAt: cycle.snapshotAt?.getTime() ?? null,
  };
}

interface PeopleRow {
  readonly userId: string;
  readonly name: string;
  readonly jobNumber: string | null;
  readonly department: string | null;
  readonly presentRole: SalesRole;
  readonly doc: string | null;
  readonly score: number | null;
  readonly coverage: number | null;
  readonly suggested: Tier | null;
  readonly decisionKind: 'decided' | 'later' | null;
  readonly decidedTier: Tier | null;
  readonly previousScore: number | null;
  readonly hasLeft: number;
  readonly changeState: RoleChangeState | null;
  readonly noticeState: string | null;
}

/** Everyone of the cycle whom the viewer may see, in one columnar answer, by one query; the read is audited as one. */
export async function cyclePeople(
  deps: ReviewDeps,
  viewer: Viewer,
  cycleId: string,
): Promise<CyclePeopleAnswer> {
  const cycle = await deps.cycle.visible(viewer, cycleId);
  const version = await roleModelVersion(deps.db, cycle.role, cycle.modelVersion);
  const people = await peopleRows(deps, viewer, cycle);
  await recordListRead(deps, viewer, { list: 'people', cycleId, people: people.length });
  return columnar(cycle, version, people);
}

async function peopleRows(deps: ReviewDeps, viewer: Viewer, cycle: Cycle): Promise<PeopleRow[]> {
  const may = visibleEmployees(viewer, 'cycle', 'm.user_id');
  const left = hasLeftSql(cycle, today(deps.clock));
  const previous = await findCycle(deps.db, cycleIdOf(previousPeriod(cycle.period), cycle.role));
  const previousId = previous && isPublic(previous.state) ? previous.cycleId : '';
  return deps.db.select<PeopleRow>(
    `SELECT m.user_id AS userId, m.name, e.job_number AS jobNumber, t.name AS department, m.doc,
       m.present_role AS presentRole, m.score_hundredths AS score, m.coverage_hundredths AS coverage,
       m.tier AS suggested, d.kind AS decisionKind, d.tier AS decidedTier, p.score_hundredths AS previousScore,
       ${left.sql} AS hasLeft, r.state AS changeState,
       (SELECT n.state FROM notices n WHERE n.decision_id = d.decision_id ORDER BY n.wording DESC LIMIT 1)
         AS noticeState
     FROM cycle_members m
     LEFT JOIN employees e ON e.user_id = m.user_id
     LEFT JOIN departments t ON t.dept_id = m.main_dept_id
     LEFT JOIN decisions d ON d.cycle_id = m.cycle_id AND d.user_id = m.user_id AND d.current_key IS NOT NULL
     LEFT JOIN role_changes r ON r.decision_id = d.decision_id
     LEFT JOIN cycle_members p ON p.cycle_id = ? AND p.user_id = m.user_id
     WHERE m.cycle_id = ? AND ${may.sql} ORDER BY m.user_id`,
    [...left.params, previousId, cycle.cycleId, ...may.params],
  );
}

/** `decision` of somebody put off to the next cycle; 0–3 are the tiers in their order, −1 is undecided. */
const LATER = 4;

/** −1 none, 0 on its way, 1 delivered, 2 what HR has to look at. */
function noticeCode(state: string | null): number {
  if (state === null) return -1;
  if (state === 'delivered') return 1;
  return state === 'written' || state === 'accepted' ? 0 : 2;
}

function columnar(
  cycle: Cycle,
  { model }: RoleModelVersion,
  people: readonly PeopleRow[],
): CyclePeopleAnswer {
  const departments = [...new Set(people.flatMap((row) => row.department ?? []))].sort();
  const at = new Map(departments.map((name, index) => [name, index]));
  const metrics = [
    ...new Set([
      ...indicatorsOf(model).map((row) => row.metric),
      ...model.mustHave.map((must) => must.metric),
    ]),
  ];
  const compiled = compileModel(model, metrics);
  const decisionOf = (row: PeopleRow): number => {
    if (row.decisionKind === null) return -1;
    return row.decidedTier === null ? LATER : tiers.indexOf(row.decidedTier);
  };
  const column = <T>(of: (row: PeopleRow) => T): T[] => people.map(of);
  return {
    cycleId: cycle.cycleId,
    version: `${cycle.cycleId}.${cycle.version}`,
    rows: people.length,
    departments,
    roles: salesRoles,
    gaps: compiled.indicators.map((indicator) => metricInfoOf(model, indicator.metric).name),
    columns: {
      userId: column((row) => row.userId),
      name: column((row) => row.name),
      jobNumber: column((row) => row.jobNumber ?? ''),
      department: column((row) => at.get(row.department ?? '') ?? -1),
      role: column((row) => salesRoles.indexOf(row.presentRole)),
      scoreHundredths: column((row) => row.score ?? -1),
      previousScoreHundredths: column((row) => row.previousScore ?? -1),
      coverageHundredths: column((row) => row.coverage ?? 0),
      suggestedTier: column((row) => tiers.indexOf(row.suggested ?? 'insufficient_data')),
      decision: column(decisionOf),
      gap: column((row) => (row.doc === null ? -1 : gapOf(compiled, row.doc))),
      left: column((row) => Number(row.hasLeft)),
      change: column((row) => (row.changeState === null ? -1 : roleChangeStates.indexOf(row.changeState))),
      notice: column((row) => noticeCode(row.noticeState)),
    },
  };
}

function gapOf(compiled: CompiledModel, doc: string): number {
  const metrics = findProfileValues(doc)?.metrics;
  if (metrics === undefined) return -1;
  const row: (number | null)[] = [];
  compiled.indicators.forEach((indicator, index) => {
    row[compiled.valueAt[index] ?? 0] = metrics.get(indicator.metric)?.value ?? null;
  });
  return largestGap(compiled, row);
}

/** Who is asked about in a cycle. */
export interface MemberSubject {
  readonly cycleId: string;
  readonly userId: string;
}

/**
 * A member as HR reads them; the read is audited.
 * @throws AppError cycle.not_found, cycle.person_not_found (absent and not visible look alike)
 */
export async function cyclePerson(
  deps: ReviewDeps,
  viewer: Viewer,
  { cycleId, userId }: MemberSubject,
): Promise<CyclePersonAnswer> {
  const cycle = await deps.cycle.visible(viewer, cycleId);
  const figures = present(await deps.cycle.memberFigures(cycle, { viewer, userId, data: 'cycle' }));
  const { suggested } = figures;
  if (suggested === null) throw new AppError('cycle.person_not_found');
  await deps.audit.recordRead(deps.db, viewer, 'match', userId);
  const decision = await decisionOf(deps, cycleId, userId);
  return {
    cycleId,
    period: cycle.period,
    state: cycle.state,
    person: await personOf(deps, figures.name, userId),
    suggestedTier: suggested,
    suggestedTargetRole: figures.suggestedRole,
    decision,
    previousScoreHundredths: await previousScore(deps, cycle, userId),
    explanation: explanationAnswer(figures.source, {
      tier: decision ? decision.tier : suggested,
      targetRole: decision ? decision.targetRole : figures.suggestedRole,
      presentRole: figures.presentRole,
      hidesScore: false,
    }),
  };
}

async function personOf(deps: ReviewDeps, name: string, userId: string): Promise<CyclePerson> {
  const [row] = await deps.db.select<Omit<CyclePerson, 'userId' | 'name'>>(
    `SELECT e.job_number AS jobNumber, t.name AS departmentName, b.name AS managerName, e.hired_on AS hiredOn,
       e.left_on AS leftOn
     FROM employees e LEFT JOIN departments t ON t.dept_id = e.main_dept_id
     LEFT JOIN employees b ON b.user_id = e.manager_user_id WHERE e.user_id = ?`,
    [userId],
  );
  const unknown = { jobNumber: null, departmentName: null, managerName: null, hiredOn: null, leftOn: null };
  return { userId, name, ...(row ?? unknown) };
}

async function decisionOf(deps: ReviewDeps, cycleId: string, userId: string): Promise<CycleDecision | null> {
  const [row] = await deps.db.select<Omit<CycleDecision, 'decidedAt'> & { decidedAt: Date }>(
    `SELECT d.decision_id AS decisionId, d.kind, d.tier, d.target_role AS targetRole, d.effective_on AS effectiveOn,
       d.reason, COALESCE(e.name, d.decided_by) AS decidedByName, d.decided_at AS decidedAt
     FROM decisions d LEFT JOIN employees e ON e.user_id = d.decided_by
     WHERE d.cycle_id = ? AND d.user_id = ? AND d.current_key IS NOT NULL`,
    [cycleId, userId],
  );
  return row ? { ...row, decidedAt: shanghaiInstant(row.decidedAt.getTime()) } : null;
}

async function previousScore(deps: ReviewDeps, cycle: Cycle, userId: string): Promise<number | null> {
  const previous = await findCycle(deps.db, cycleIdOf(previousPeriod(cycle.period), cycle.role));
  if (!previous || !isPublic(previous.state)) return null;
  const [row] = await deps.db.select<{ score: number | null }>(
    'SELECT score_hundredths AS score FROM cycle_members WHERE cycle_id = ? AND user_id = ?',
    [previous.cycleId, userId],
  );
  return row?.score ?? null;
}
