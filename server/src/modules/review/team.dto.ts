import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsString, ValidateNested } from 'class-validator';
import {
  approvalStateNames,
  replyAnswers,
  roleChangeStates,
  salesRoles,
  tiers,
  type ApprovalState,
  type ReplyAnswer,
  type RoleChangeState,
  type SalesRole,
  type Tier,
} from '@shigang/shared';
import type * as answers from '@shigang/shared/answers';
import { IsNullable } from '../../platform/http/index.ts';
import { AnswerHead } from '../session/index.ts';

export const approvalStates = Object.keys(approvalStateNames) as ApprovalState[];

class TeamCounts implements answers.TierCounts {
  @IsInt()
  transition!: number;
  @IsInt()
  train!: number;
  @IsInt()
  reassign!: number;
  @IsInt()
  insufficientData!: number;
  @IsInt()
  later!: number;
  @IsInt()
  left!: number;
}

/** A report's offered role change. */
export class TeamApproval implements answers.TeamApproval {
  @IsString()
  userId!: string;
  @IsString()
  name!: string;
  @IsIn(salesRoles)
  fromRole!: SalesRole;
  @IsIn(salesRoles)
  toRole!: SalesRole;
  @IsIn(tiers)
  tier!: Tier;
  @IsNullable()
  @IsInt()
  scoreHundredths!: number | null;
  @IsIn(roleChangeStates)
  state!: RoleChangeState;
  @IsNullable()
  @IsIn(approvalStates)
  approvalState!: ApprovalState | null;
  /** Whether the viewer is the one who is asked. */
  @IsBoolean()
  isMine!: boolean;
  @IsNullable()
  @IsString()
  startedAt!: string | null;
  @IsNullable()
  @IsString()
  settledAt!: string | null;
  @IsNullable()
  @IsString()
  remark!: string | null;
  @IsNullable()
  @IsIn(replyAnswers)
  answer!: ReplyAnswer | null;
  @IsString()
  replyDueOn!: string;
  @IsNullable()
  @IsString()
  effectiveOn!: string | null;
}

export class TeamPerson implements answers.TeamPerson {
  @IsString()
  userId!: string;
  @IsString()
  name!: string;
  /** Null: put off to the next cycle. */
  @IsNullable()
  @IsIn(tiers)
  tier!: Tier | null;
  @IsNullable()
  @IsInt()
  scoreHundredths!: number | null;
}

/** What a manager sees of the newest published cycle: the own direct and indirect reports, nothing of money. */
export class TeamAnswer extends AnswerHead implements answers.TeamAnswer {
  @IsNullable()
  @IsString()
  period!: string | null;
  @IsNullable()
  @IsString()
  publishedOn!: string | null;
  @ValidateNested()
  @Type(() => TeamCounts)
  counts!: TeamCounts;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TeamApproval)
  approvals!: readonly TeamApproval[];
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TeamPerson)
  people!: readonly TeamPerson[];
}
