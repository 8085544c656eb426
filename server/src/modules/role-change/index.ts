import type { DayString, RoleChangeState } from '@shigang/shared';
import type { Viewer } from '../../access/index.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import type { Listener } from '../../platform/events/index.ts';
import type { RoleChangeDeps } from './deps.ts';
import { roleChangeListeners } from './listeners.ts';
import { offerChanges, type OfferedChange } from './offer-change.ts';
import { openGateIfComplete } from './open-gate.ts';
import { passDay, type PassedDay } from './pass-day.ts';
import { planChanges, type PlannedChange, type WantedChange } from './plan-change.ts';
import { replyToOffer, type KeptReply, type ReplyInput } from './reply-to-offer.ts';
import { resolveChange, type ResolveInput } from './resolve-change.ts';
import { keepReturned, replaceChange } from './step-change.ts';

export type { RoleChangeDeps } from './deps.ts';
export { missingEvidence } from './open-gate.ts';
export type { PlannedChange } from './plan-change.ts';
export type { KeptReply } from './reply-to-offer.ts';
export { returnsOf, type ReturnFact } from './return-history.queries.ts';
export { isOver, roleChangeState } from './role-change-store.ts';
export { roleChangeRoutes } from './routes.ts';

/** A role that is offered, agreed to by both, and taken up on its day; or that comes back to HR. */
export interface RoleChangeModule {
  /** See {@link planChanges}. */
  plan(sql: Sql, wanted: readonly WantedChange[], on: DayString): Promise<Map<string, PlannedChange>>;
  /** See {@link offerChanges}. */
  offer(tx: Tx, cycleId: string, offers: readonly OfferedChange[]): Promise<void>;
  /** See {@link replaceChange}. */
  replace(tx: Tx, decisionId: string, viewer: Viewer): Promise<void>;
  /** See {@link keepReturned}. */
  keepReturned(tx: Tx, cycleId: string, viewer: Viewer): Promise<void>;
  /** See {@link openGateIfComplete}. */
  openGateIfComplete(tx: Tx, decisionId: string): Promise<void>;
  /** See {@link replyToOffer}. */
  reply(viewer: Viewer, input: ReplyInput): Promise<KeptReply>;
  /** See {@link resolveChange}. */
  resolve(viewer: Viewer, input: ResolveInput): Promise<RoleChangeState>;
  /** Once a day after 00:00 in Shanghai, see {@link passDay}. */
  passDay(viewer: Viewer): Promise<PassedDay>;
  /** See {@link roleChangeListeners}. */
  readonly listeners: readonly Listener[];
}

export const createRoleChange = (deps: RoleChangeDeps): RoleChangeModule => ({
  plan: (sql, wanted, on) => planChanges(deps, sql, wanted, on),
  offer: (tx, cycleId, offers) => offerChanges(deps, tx, cycleId, offers),
  replace: (tx, decisionId, viewer) => replaceChange(deps, tx, decisionId, viewer),
  keepReturned: (tx, cycleId, viewer) => keepReturned(deps, tx, cycleId, viewer),
  openGateIfComplete: (tx, decisionId) => openGateIfComplete(deps, tx, decisionId),
  reply: (viewer, input) => replyToOffer(deps, viewer, input),
  resolve: (viewer, input) => resolveChange(deps, viewer, input),
  passDay: (viewer) => passDay(deps, viewer),
  listeners: roleChangeListeners(deps),
});
