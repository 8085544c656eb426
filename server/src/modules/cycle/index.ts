import type { SalesRole, ExplainMatchDocument } from '@shigang/shared';
import type { CycleSummary } from '@shigang/shared/answers';
import type { Viewer } from '../../access/index.ts';
import type { FiguresRequest, PersonFigures } from '../match/index.ts';
import { chunksToDo, computeChunk, type MemberRange } from './compute-cycle.ts';
import { unfinishedCycles, type Cycle } from './cycle.ts';
import { cyclesOf, visibleCycle } from './cycles.queries.ts';
import type { CycleDeps } from './deps.ts';
import { explainPerson, type ExplainSubject } from './explain-match.ts';
import { memberFigures } from './member-figures.ts';
import { finishCompute } from './finish-compute.ts';
import { freezeEvidence } from './freeze-evidence.ts';
import { startCycleRun } from './start-cycle-run.ts';
import { computeProgress, type ComputeProgress } from './compute-progress.queries.ts';
import type { StartedRun } from '../../platform/job-runs/job-runs.ts';
import { runCycle, startCycle, type RunCycleRequest } from './run-cycle.ts';

export { blockersOf, type Blocker } from './blockers.queries.ts';
export type { MemberRange } from './compute-cycle.ts';
export { CycleParams, CyclePersonParams, CycleSummary } from './cycle.dto.ts';
export {
  cycleIdOf,
  findCycle,
  listCycles,
  lockCycle,
  moveCycle,
  notePublication,
  requireCycle,
  type Cycle,
} from './cycle.ts';
export type { CycleDeps } from './deps.ts';
export type { ExplainSubject } from './explain-match.ts';
export { acceptSuggestion, freezeLeavers, hasLeftSql, memberCount, memberName } from './members.queries.ts';
export { cycleRoutes } from './routes.ts';
export type { RunCycleRequest } from './run-cycle.ts';

/** The frame of a quarter's review: who is in it, their figures and suggestions, and how far it has come. */
export interface CycleModule {
  /** `cycle run`: everything in this process, see {@link runCycle}. */
  run(viewer: Viewer, request: RunCycleRequest): Promise<void>;
  /** Opens the cycle and takes the snapshot; the rest in pieces for jobs. @returns the cycle's id */
  start(viewer: Viewer, request: RunCycleRequest): Promise<string>;
  /** The same, computed by the workers, to be followed as a run. */
  startRun(viewer: Viewer, request: RunCycleRequest): Promise<StartedRun & { readonly cycleId: string }>;
  /** How far a computation is. */
  progress(cycleId: string): Promise<ComputeProgress>;
  /** Ranges that still hold somebody who is not computed. */
  chunksToDo(cycleId: string, size?: number): Promise<MemberRange[]>;
  /** Ids of cycles that are being computed; whoever has time goes on with them. */
  unfinished(): Promise<string[]>;
  hasUnfinished(): Promise<boolean>;
  /** One chunk in one transaction, safe to repeat. @returns people computed */
  computeChunk(viewer: Viewer, cycleId: string, range: MemberRange): Promise<number>;
  /** Ends a computation when nobody is missing. @returns whether the cycle is computed */
  finishCompute(viewer: Viewer, cycleId: string): Promise<boolean>;
  /** See {@link freezeEvidence}. */
  freezeEvidence(cycle: Cycle): Promise<void>;
  /** See {@link cyclesOf}. */
  list(viewer: Viewer, role: SalesRole | null): Promise<CycleSummary[]>;
  /** See {@link visibleCycle}. */
  visible(viewer: Viewer, cycleId: string): Promise<Cycle>;
  /** See {@link memberFigures}. */
  memberFigures(cycle: Cycle, request: FiguresRequest): Promise<PersonFigures | null>;
  /** `explain match`. */
  explain(viewer: Viewer, subject: ExplainSubject): Promise<ExplainMatchDocument>;
}

export const createCycle = (deps: CycleDeps): CycleModule => ({
  run: (viewer, request) => runCycle(deps, viewer, request),
  start: async (viewer, request) => (await startCycle(deps, viewer, request)).cycleId,
  startRun: (viewer, request) => startCycleRun(deps, viewer, request),
  progress: (cycleId) => computeProgress(deps.db, cycleId),
  chunksToDo: (cycleId, size) => chunksToDo(deps, cycleId, size),
  unfinished: () => unfinishedCycles(deps.db),
  hasUnfinished: async () => (await unfinishedCycles(deps.db)).length > 0,
  computeChunk: (viewer, cycleId, range) => computeChunk(deps, viewer, { cycleId, range }),
  finishCompute: (viewer, cycleId) => finishCompute(deps, viewer, cycleId),
  freezeEvidence: (cycle) => freezeEvidence(deps, cycle),
  list: (viewer, role) => cyclesOf(deps, viewer, role),
  visible: (viewer, cycleId) => visibleCycle(deps, viewer, cycleId),
  memberFigures: (cycle, request) => memberFigures(deps, cycle, request),
  explain: (viewer, subject) => explainPerson(deps, viewer, subject),
});
