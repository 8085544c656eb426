import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, ValidateNested } from 'class-validator';
import {
  roleChangeStates,
  salesRoles,
  workingDaysUntil,
  type DayString,
  type Period,
  type RoleChangeState,
  type SalesRole,
} from '@shigang/shared';
import type * as answers from '@shigang/shared/answers';
import { IsNullable } from '../../platform/http/index.ts';
import type { Viewer } from '../../access/index.ts';
import { today } from '../../platform/clock.ts';
import { readWorkingCalendar } from '../org/index.ts';
import { cycleIdOf } from '../cycle/index.ts';
import type { EvidenceDeps } from './deps.ts';

/** A reply that is asked for and still open. */
export class HomeReply implements answers.HomeReply {
  @IsString()
  dueOn!: string;
  @IsInt()
  workingDaysLeft!: number;
}

export class HomeChange implements answers.HomeChange {
  @IsIn(roleChangeStates)
  state!: RoleChangeState;
  @IsIn(salesRoles)
  toRole!: SalesRole;
  @IsNullable()
  @IsString()
  effectiveOn!: string | null;
}

/** What the published decision asks for or brings; the page /development has the whole. */
export class HomeDevelopment implements answers.HomeDevelopment {
  @IsNullable()
  @ValidateNested()
  @Type(() => HomeReply)
  reply!: HomeReply | null;
  @IsNullable()
  @ValidateNested()
  @Type(() => HomeChange)
  change!: HomeChange | null;
  /** Last day of the training plan, null without one. */
  @IsNullable()
  @IsString()
  trainingDueOn!: string | null;
}

interface Row {
  readonly state: RoleChangeState | null;
  readonly toRole: SalesRole | null;
  readonly replyDueOn: DayString | null;
  readonly effectiveOn: string | null;
  readonly hasAnswer: number;
  readonly hasGround: number;
  readonly trainingDueOn: string | null;
}

/** Null: the cycle is not published, was published by a release that sent nothing, or has no decision about the person. */
export async function homeDevelopment(
  deps: EvidenceDeps,
  viewer: Viewer,
  subject: { readonly period: Period; readonly role: SalesRole },
): Promise<HomeDevelopment | null> {
  const [row] = await deps.db.select<Row>(
    `SELECT r.state, r.to_role AS toRole, r.reply_due_on AS replyDueOn, r.effective_on AS effectiveOn,
       p.decision_id IS NOT NULL AS hasAnswer, r.ground IS NOT NULL AS hasGround, t.due_on AS trainingDueOn
     FROM decisions d
     JOIN review_cycles c ON c.cycle_id = d.cycle_id AND c.state IN ('published', 'closed') AND c.actions = 'full'
     LEFT JOIN role_changes r ON r.decision_id = d.decision_id
     LEFT JOIN replies p ON p.decision_id = d.decision_id
     LEFT JOIN training_plans t ON t.decision_id = d.decision_id AND t.state = 'open'
     WHERE d.cycle_id = ? AND d.user_id = ? AND d.current_key IS NOT NULL AND d.kind = 'decided'`,
    [cycleIdOf(subject.period, subject.role), viewer.userId],
  );
  if (!row) return null;
  const { state, toRole, effectiveOn, trainingDueOn } = row;
  return {
    reply: await openReply(deps, row),
    change: state === null || toRole === null ? null : { state, toRole, effectiveOn },
    trainingDueOn,
  };
}

async function openReply(deps: EvidenceDeps, row: Row): Promise<HomeReply | null> {
  const day = today(deps.clock);
  const isAsked = row.state === 'open' && row.hasAnswer === 0 && row.hasGround === 0;
  if (!isAsked || row.replyDueOn === null || day > row.replyDueOn) return null;
  const calendar = await readWorkingCalendar(deps.db);
  return { dueOn: row.replyDueOn, workingDaysLeft: workingDaysUntil(day, row.replyDueOn, calendar) };
}
