import type { Period, SalesRole } from '@shigang/shared';
import type { Viewer } from '../../access/index.ts';
import type { ExplainMatchDocument } from '../match/index.ts';
import { chunksToDo, computeChunk, type MemberRange } from './compute-cycle.ts';
import { cycleIdOf, unfinishedCycles } from './cycle.ts';
import { cycleDocument, type CycleDocument } from './cycle-state.queries.ts';
import { confirmAll, decide, type DecideInput } from './decide.ts';
import type { OutboxSender } from '../../platform/outbox/relay.ts';
import type { ReviewDeps } from './deps.ts';
import type { HomeMatch } from '@shigang/shared/answers';
import { explainPerson, type ExplainSubject } from './explain-match.ts';
import { finishCompute } from './finish-compute.ts';
import { homeDevelopment, type HomeDevelopment } from './home-development.ts';
import { homeMatch, ownMatch, type OwnMatch } from './own.queries.ts';
import { closeCycle } from './close-cycle.ts';
import { passDay, type PassedDay } from './pass-day.ts';
import { publishCycle } from './publish-cycle.ts';
import { replyTo, type ReplyToRequest } from './reply-to.ts';
import { runCycle, startCycle, type RunCycleRequest } from './run-cycle.ts';
import { reviewSenders } from './senders.ts';
import { tierList, type TierListRow } from './tier-list.ts';

export type { CycleDocument } from './cycle-state.queries.ts';
export type { ReviewDeps } from './deps.ts';
export { HomeDevelopment } from './home-development.ts';
export { HomeMatch } from './own.dto.ts';
export { reviewRoutes } from './routes.ts';
export { PERSON_LEFT_KIND } from './senders.ts';
export { tierListColumns, type TierListRow } from './tier-list.ts';

/** Which cycle a command means. */
export interface CycleRef {
  readonly period: Period;
  readonly role: SalesRole;
}

/** The face of the review: every command answers with the cycle's state as the viewer may see it. */
export interface Review {
  /** `cycle run`: everything in this process, see {@link runCycle}. */
  runCycle(viewer: Viewer, request: RunCycleRequest): Promise<CycleDocument>;
  /** Opens the cycle and takes the snapshot; the rest in pieces for jobs. @returns the cycle's id */
  startCycle(viewer: Viewer, request: RunCycleRequest): Promise<string>;
  /** Ranges that still hold somebody who is not computed. */
  chunksToDo(cycleId: string, size?: number): Promise<MemberRange[]>;
  /** Ids of cycles that are being computed; whoever has time goes on with them. */
  unfinishedCycles(): Promise<string[]>;
  hasUnfinishedCompute(): Promise<boolean>;
  /** One chunk in one transaction, safe to repeat. @returns people computed */
  computeChunk(cycleId: string, range: MemberRange): Promise<number>;
  /** Ends a computation when nobody is missing. @returns whether the cycle is computed */
  finishCompute(cycleId: string): Promise<boolean>;
  decide(viewer: Viewer, ref: CycleRef, input: Omit<DecideInput, 'cycleId'>): Promise<CycleDocument>;
  /** `left`: the `reassign` people who are still undecided. */
  confirmAll(
    viewer: Viewer,
    ref: CycleRef,
  ): Promise<CycleDocument & { readonly left: readonly LeftPerson[] }>;
  publish(viewer: Viewer, ref: CycleRef): Promise<CycleDocument>;
  close(viewer: Viewer, ref: CycleRef): Promise<CycleDocument>;
  /** `cycle reply`: a person's own answer to the offer in force. */
  reply(viewer: Viewer, ref: CycleRef, request: ReplyToRequest): Promise<CycleDocument>;
  /** Once a day after 00:00 in Shanghai, see {@link passDay}. */
  passDay(): Promise<PassedDay>;
  /** What other modules tell the review through the outbox. */
  readonly senders: readonly OutboxSender[];
  /** State alone: `cycle list`. */
  show(viewer: Viewer, ref: CycleRef): Promise<CycleDocument>;
  /** Rows of the tier list: `cycle list --out`. */
  tierList(viewer: Viewer, ref: CycleRef): Promise<TierListRow[]>;
  /** `explain match`. */
  explain(viewer: Viewer, subject: ExplainSubject): Promise<ExplainMatchDocument>;
  /** One's own score for the pages. */
  ownMatch(viewer: Viewer, period: Period | null): Promise<OwnMatch>;
  homeMatch(viewer: Viewer, period: Period): Promise<HomeMatch>;
  homeDevelopment(viewer: Viewer, period: Period): Promise<HomeDevelopment | null>;
}

type LeftPerson = Awaited<ReturnType<typeof confirmAll>>['left'][number];

/** The role whose model a person's own pages show. */
const OWN_ROLE: SalesRole = 'large_account';

export function createReview(deps: ReviewDeps): Review {
  const idOf = (ref: CycleRef): string => cycleIdOf(ref.period, ref.role);
  const documented = async <T extends object>(
    viewer: Viewer,
    ref: CycleRef,
    work: () => Promise<T | void>,
  ): Promise<CycleDocument & T> => {
    const started = deps.clock.real();
    const extra = await work();
    return { ...(await cycleDocument(deps, viewer, idOf(ref), started)), ...extra } as CycleDocument & T;
  };
  return {
    runCycle: (viewer, request) => runCycle(deps, viewer, request),
    startCycle: async (viewer, request) => (await startCycle(deps, viewer, request)).cycleId,
    chunksToDo: (cycleId, size) => chunksToDo(deps, cycleId, size),
    unfinishedCycles: () => unfinishedCycles(deps.db),
    hasUnfinishedCompute: async () => (await unfinishedCycles(deps.db)).length > 0,
    computeChunk: (cycleId, range) => computeChunk(deps, cycleId, range),
    finishCompute: (cycleId) => finishCompute(deps, cycleId),
    decide: (viewer, ref, input) =>
      documented(viewer, ref, async () => {
        await decide(deps, viewer, { ...input, cycleId: idOf(ref) });
      }),
    confirmAll: (viewer, ref) =>
      documented(viewer, ref, async () => ({
        left: (await confirmAll(deps, viewer, { cycleId: idOf(ref) })).left,
      })),
    publish: (viewer, ref) => documented(viewer, ref, () => publishCycle(deps, viewer, idOf(ref))),
    close: (viewer, ref) => documented(viewer, ref, () => closeCycle(deps, viewer, idOf(ref))),
    reply: (viewer, ref, request) =>
      documented(viewer, ref, async () => {
        await replyTo(deps, viewer, { ...request, cycleId: idOf(ref) });
      }),
    passDay: () => passDay(deps),
    senders: reviewSenders(deps),
    show: (viewer, ref) => documented(viewer, ref, () => Promise.resolve()),
    tierList: (viewer, ref) => tierList(deps, viewer, idOf(ref)),
    explain: (viewer, subject) => explainPerson(deps, viewer, subject),
    ownMatch: (viewer, period) => ownMatch(deps, viewer, { period, role: OWN_ROLE }),
    homeMatch: (viewer, period) => homeMatch(deps, viewer, { period, role: OWN_ROLE }),
    homeDevelopment: (viewer, period) => homeDevelopment(deps, viewer, { period, role: OWN_ROLE }),
  };
}
