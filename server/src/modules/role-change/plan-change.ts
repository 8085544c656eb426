import {
  addWorkingDays,
  changesRole,
  consentText,
  effectiveDay,
  type DayString,
  type SalesRole,
  type Tier,
} from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';
import { sha256 } from '../../platform/ids.ts';
import { planForRole, type PlanOfRole } from '../incentive/index.ts';
import { readWorkingCalendar } from '../org/index.ts';
import type { RoleChangeDeps } from './deps.ts';

/** What HR decided about one person, as far as it may lead to another role. */
export interface WantedChange {
  readonly userId: string;
  readonly name: string;
  readonly tier: Tier;
  readonly presentRole: SalesRole;
  readonly targetRole: SalesRole | null;
  readonly notBefore: DayString | null;
  readonly decidedBy: string;
}

/** A change of role that both have to agree to. */
export interface PlannedChange {
  readonly toRole: SalesRole;
  readonly notBefore: DayString | null;
  readonly plan: PlanOfRole | null;
  readonly replyDueOn: DayString;
  /** The first day on which it could take effect. */
  readonly earliestOn: DayString;
  readonly consentText: string;
  readonly consentHash: string;
  readonly starterUserId: string | null;
  /** Null: nobody can be asked. */
  readonly approverUserId: string | null;
  /** A `reassign` approval waits until the evidence is there. */
  readonly isGated: boolean;
}

/** Works out, without writing anything, which of these lead to another role and how it is offered; by userid. */
export async function planChanges(
  deps: RoleChangeDeps,
  sql: Sql,
  offers: readonly WantedChange[],
  on: DayString,
): Promise<Map<string, PlannedChange>> {
  const { replyWorkingDays } = await deps.settings.current();
  const replyDueOn = addWorkingDays(on, replyWorkingDays, await readWorkingCalendar(sql));
  const planOf = remembered((role: SalesRole, day: DayString) => planForRole(sql, role, day));
  const changes = new Map<string, PlannedChange>();
  for (const row of offers) {
    const toRole = row.targetRole;
    if (toRole === null || !changesRole(row, row.presentRole)) continue;
    const earliestOn = effectiveDay(on, on, row.notBefore);
    const plan = await planOf(toRole, earliestOn);
    const starterUserId = await deps.approval.starterOf(sql, row.decidedBy);
    const text = consentText({ recipientName: row.name, toRole, plan, notBefore: row.notBefore });
    changes.set(row.userId, {
      toRole,
      notBefore: row.notBefore,
      plan,
      replyDueOn,
      earliestOn,
      consentText: text,
      consentHash: sha256(JSON.stringify([plan?.id ?? null, plan?.version ?? null, text])),
      starterUserId,
      approverUserId: await deps.approval.approverOf(sql, { userId: row.userId, starterUserId }),
      isGated: row.tier === 'reassign',
    });
  }
  return changes;
}

/** The same question is asked once. */
function remembered<Answer>(
  ask: (role: SalesRole, day: DayString) => Promise<Answer>,
): (role: SalesRole, day: DayString) => Promise<Answer> {
  const known = new Map<string, Promise<Answer>>();
  return (role, day) => {
    const key = `${role} ${day}`;
    const answer = known.get(key) ?? ask(role, day);
    known.set(key, answer);
    return answer;
  };
}
