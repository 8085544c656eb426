import type { Period, SalesRole } from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import { cycleIdOf, type RunCycleRequest } from '../cycle/index.ts';
import { closeCycle } from './close-cycle.ts';
import { cycleDocument, type CycleDocument } from './cycle-document.ts';
import { confirmAll, decide, type DecideInput } from './decide.ts';
import type { ReviewDeps } from './deps.ts';
import { reviewDesk, type ReviewDesk } from './desk.ts';
import { publishCycle } from './publication/publish-cycle.ts';
import { replyTo, type ReplyToRequest } from './reply-to.ts';
import { teamOf, type Team } from './team.queries.ts';
import { tierList, type TierListRow } from './tier-list.ts';

export type { CycleDocument } from './cycle-document.ts';
export { decidedSuggestions, isInForce } from './in-force.queries.ts';
export type { ReviewDeps } from './deps.ts';
export { reviewRoutes } from './routes.ts';
export { tierListColumns, type TierListRow } from './tier-list.ts';

/** Which cycle a command means. */
export interface CycleRef {
  readonly period: Period;
  readonly role: SalesRole;
}

/** The face of the review: every command answers with the cycle's state as the viewer may see it. */
export interface Review {
  /** `cycle run`: everything in this process, see {@link CycleModule.run}. */
  runCycle(viewer: Viewer, request: RunCycleRequest): Promise<CycleDocument>;
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
  /** State alone: `cycle list`. */
  show(viewer: Viewer, ref: CycleRef): Promise<CycleDocument>;
  /** Rows of the tier list: `cycle list --out`. */
  tierList(viewer: Viewer, ref: CycleRef): Promise<TierListRow[]>;
  /** The viewer's own reports in the newest published cycle, see {@link teamOf}. */
  team(viewer: Viewer): Promise<Team>;
  /** By the cycle's id, for the desk. */
  readonly desk: ReviewDesk;
}

type LeftPerson = Awaited<ReturnType<typeof confirmAll>>['left'][number];

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
    runCycle: (viewer, request) => documented(viewer, request, () => deps.cycle.run(viewer, request)),
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
    async show(viewer, ref) {
      assertMay(viewer, 'cycle.list');
      return documented(viewer, ref, () => Promise.resolve());
    },
    tierList: (viewer, ref) => tierList(deps, viewer, idOf(ref)),
    team: (viewer) => teamOf(deps, viewer),
    desk: reviewDesk(deps),
  };
}
