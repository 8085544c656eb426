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
import { readPlanForRole, type PlanOfRole } from '../incentive/index.ts';
import { approversOf, readWorkingCalendar, startersOf } from '../org/index.ts';
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
  const planOf = await readPlanForRole(sql);
  const wanted = offers.flatMap(({ targetRole: toRole, ...row }) =>
    toRole !== null && changesRole({ ...row, targetRole: toRole }, row.presentRole)
      ? [{ ...row, toRole }]
      : [],
  );
  const asked = await peopleAsked(deps, sql, wanted);
  const changes = new Map<string, PlannedChange>();
  for (const { toRole, ...row } of wanted) {
    const earliestOn = effectiveDay(on, on, row.notBefore);
    const plan = planOf(toRole, earliestOn);
    const text = consentText({ recipientName: row.name, toRole, plan, notBefore: row.notBefore });
    changes.set(row.userId, {
      toRole,
      notBefore: row.notBefore,
      plan,
      replyDueOn,
      earliestOn,
      consentText: text,
      consentHash: sha256(JSON.stringify([plan?.id ?? null, plan?.version ?? null, text])),
      ...asked(row),
      isGated: row.tier === 'reassign',
    });
  }
  return changes;
}

type Asked = Pick<PlannedChange, 'starterUserId' | 'approverUserId'>;
type AskedOf = Pick<WantedChange, 'userId' | 'decidedBy'>;

/** Who starts and who is asked, for all of them at once. */
async function peopleAsked(
  { settings }: RoleChangeDeps,
  sql: Sql,
  wanted: readonly AskedOf[],
): Promise<(row: AskedOf) => Asked> {
  const starters = await startersOf(
    sql,
    settings,
    wanted.map((row) => row.decidedBy),
  );
  const starterOf = (row: AskedOf): string | null => starters.get(row.decidedBy) ?? null;
  const approvers = await approversOf(
    sql,
    settings,
    wanted.map((row) => ({ userId: row.userId, starterUserId: starterOf(row) })),
  );
  return (row) => ({ starterUserId: starterOf(row), approverUserId: approvers.get(row.userId) ?? null });
}
