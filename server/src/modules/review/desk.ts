import type { Viewer } from '../../access/index.ts';
import { confirmAll, decide, type ConfirmedAll, type DecideInput, type StoredDecision } from './decide.ts';
import type { ReviewDeps } from './deps.ts';
import type { CyclePeopleAnswer, CyclePersonAnswer, PublishPreview } from '@shigang/shared/answers';
import { cycleBoard, cyclePeople, cyclePerson, type Board, type MemberSubject } from './desk.queries.ts';
import { publishCycle } from './publication/publish-cycle.ts';
import { publishPreview } from './publication/publish-preview.ts';
import { resendNotice, type ResendInput } from './resend-notice.ts';

/** What HR reads and does at the desk, by the cycle's id. */
export interface ReviewDesk {
  /** See {@link cycleBoard}. */
  board(viewer: Viewer, cycleId: string): Promise<Board>;
  /** See {@link cyclePeople}. */
  people(viewer: Viewer, cycleId: string): Promise<CyclePeopleAnswer>;
  /** See {@link cyclePerson}. */
  person(viewer: Viewer, subject: MemberSubject): Promise<CyclePersonAnswer>;
  /** See {@link decide}. */
  decide(viewer: Viewer, input: DecideInput): Promise<StoredDecision>;
  /** See {@link confirmAll}. */
  confirmAll(
    viewer: Viewer,
    of: { readonly cycleId: string; readonly userIds?: readonly string[] | undefined },
  ): Promise<ConfirmedAll>;
  /** See {@link publishPreview}. */
  preview(viewer: Viewer, cycleId: string): Promise<PublishPreview>;
  /** See {@link publishCycle}. */
  publish(viewer: Viewer, cycleId: string): Promise<void>;
  /** See {@link resendNotice}. */
  resend(viewer: Viewer, input: ResendInput): Promise<string>;
}

export const reviewDesk = (deps: ReviewDeps): ReviewDesk => ({
  board: (viewer, cycleId) => cycleBoard(deps, viewer, cycleId),
  people: (viewer, cycleId) => cyclePeople(deps, viewer, cycleId),
  person: (viewer, subject) => cyclePerson(deps, viewer, subject),
  decide: (viewer, input) => decide(deps, viewer, input),
  confirmAll: (viewer, of) => confirmAll(deps, viewer, of),
  preview: (viewer, cycleId) => publishPreview(deps, viewer, cycleId),
  publish: (viewer, cycleId) => publishCycle(deps, viewer, cycleId),
  resend: (viewer, input) => resendNotice(deps, viewer, input),
});
