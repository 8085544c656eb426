import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import {
  replyAnswers,
  roleChangeStateNames,
  salesRoles,
  tiers,
  type ReplyAnswer,
  type RoleChangeState,
  type SalesRole,
  type Tier,
} from '@shigang/shared';
import type * as answers from '@shigang/shared/answers';
import { IsNullable } from '../../platform/http/index.ts';

const decidable = [...tiers, 'later'] as const;
const changeStates = Object.keys(roleChangeStateNames) as RoleChangeState[];
const UUID_LENGTH = 36;
/** People that one bulk confirmation may name; more are confirmed without naming anybody. */
const MAX_CONFIRMED = 5_000;

/** HR's decision as the desk sends it. */
export class DecideBody implements answers.DecideRequest {
  @IsString()
  @Length(1, 64)
  userId!: string;
  @IsIn(decidable)
  tier!: Tier | 'later';
  @IsOptional()
  @IsIn(salesRoles)
  targetRole?: SalesRole;
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  effectiveOn?: string;
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  reason?: string;
  /** Id of the decision on the screen; null: there was none. */
  @IsOptional()
  @IsString()
  @MaxLength(UUID_LENGTH)
  replaces!: string | null;
}

export class DecisionMade implements answers.DecisionMade {
  @IsString()
  decisionId!: string;
  @IsIn(['created', 'unchanged'])
  status!: 'created' | 'unchanged';
}

export class ConfirmBody implements answers.ConfirmRequest {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_CONFIRMED)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  userIds?: string[];
}

class LeftPerson implements answers.LeftPerson {
  @IsString()
  userId!: string;
  @IsIn(tiers)
  tier!: Tier;
}

export class Confirmed implements answers.Confirmed {
  @IsInt()
  confirmed!: number;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => LeftPerson)
  left!: readonly LeftPerson[];
}

export class PublicationMade implements answers.PublicationMade {
  @IsIn(['published', 'closed'])
  state!: 'published' | 'closed';
}

export class ResolveBody implements answers.ResolveRequest {
  @IsString()
  @Length(UUID_LENGTH, UUID_LENGTH)
  decisionId!: string;
  @IsIn(['keep', 'ground'])
  action!: 'keep' | 'ground';
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  text?: string;
}

export class Resolved implements answers.Resolved {
  @IsIn(changeStates)
  state!: RoleChangeState;
}

export class ResendBody implements answers.ResendRequest {
  @IsString()
  @Length(UUID_LENGTH, UUID_LENGTH)
  noticeId!: string;
}

export class Resent implements answers.Resent {
  @IsString()
  noticeId!: string;
}

/** A person's answer to an offered role. */
export class ReplyBody implements answers.ReplyRequest {
  @IsString()
  @Length(UUID_LENGTH, UUID_LENGTH)
  decisionId!: string;
  @IsIn(replyAnswers)
  answer!: ReplyAnswer;
  @IsOptional()
  @IsString()
  @MaxLength(500)
  text?: string;
  @Matches(/^[0-9a-f]{64}$/)
  consentHash!: string;
}

export class ReplyKept implements answers.ReplyKept {
  @IsIn(replyAnswers)
  answer!: ReplyAnswer;
  @IsString()
  repliedAt!: string;
  @IsIn(['created', 'unchanged'])
  status!: 'created' | 'unchanged';
}

const previewTiers = [...tiers, 'later', 'left'] as const;

class PreviewTier implements answers.PreviewTier {
  @IsIn(previewTiers)
  tier!: Tier | 'later' | 'left';
  @IsInt()
  people!: number;
  @IsInt()
  cards!: number;
  @IsInt()
  approvals!: number;
  @IsInt()
  approvalsWaiting!: number;
  @IsInt()
  trainingPlans!: number;
}

class PreviewPerson implements answers.PreviewPerson {
  @IsString()
  userId!: string;
  @IsString()
  name!: string;
}

class PreviewManager extends PreviewPerson implements answers.PreviewManager {
  @IsInt()
  reports!: number;
}

class PreviewApprover implements answers.PreviewApprover {
  @IsString()
  name!: string;
  @IsInt()
  count!: number;
}

class MeteredCalls implements answers.MeteredCalls {
  @IsInt()
  cards!: number;
  @IsInt()
  approvals!: number;
  @IsInt()
  todos!: number;
  @IsInt()
  deliveries!: number;
}

/** Calls that an organisation of the standard edition has in the running month. */
class MonthlyQuota implements answers.MonthlyQuota {
  @IsInt()
  limit!: number;
  @IsInt()
  used!: number;
  @IsInt()
  left!: number;
}

class PreviewSample implements answers.PreviewSample {
  @IsIn(tiers)
  tier!: Tier;
  @IsString()
  name!: string;
  @IsString()
  title!: string;
  @IsString()
  markdown!: string;
  @IsString()
  button!: string;
}

export const previewActions: readonly answers.PreviewAction[] = [
  'approval',
  'approval_waits',
  'training',
  'none',
];

class PreviewRecipient extends PreviewPerson implements answers.PreviewRecipient {
  @IsIn(decidable)
  tier!: Tier | 'later';
  /** The sentence that the card opens with; null: no card. */
  @IsNullable()
  @IsString()
  title!: string | null;
  @IsIn(previewActions)
  action!: answers.PreviewAction;
  @IsNullable()
  @IsString()
  approverName!: string | null;
}

/** Exactly what publication would send, to whom. */
export class PublishPreview implements answers.PublishPreview {
  @IsString()
  cycleId!: string;
  @IsString()
  period!: string;
  @IsArray()
  @IsString({ each: true })
  obstacles!: readonly string[];
  @IsBoolean()
  mayPublish!: boolean;
  @IsInt()
  people!: number;
  @ValidateNested({ each: true })
  @Type(() => PreviewTier)
  tiers!: readonly PreviewTier[];
  @ValidateNested({ each: true })
  @Type(() => PreviewManager)
  managers!: readonly PreviewManager[];
  @ValidateNested({ each: true })
  @Type(() => PreviewPerson)
  hrPeople!: readonly PreviewPerson[];
  @ValidateNested({ each: true })
  @Type(() => PreviewApprover)
  approvers!: readonly PreviewApprover[];
  @IsArray()
  @IsString({ each: true })
  withoutApprover!: readonly string[];
  @IsString()
  replyDueOn!: string;
  @IsString()
  earliestEffectiveOn!: string;
  @ValidateNested()
  @Type(() => MeteredCalls)
  meteredCalls!: MeteredCalls;
  @ValidateNested()
  @Type(() => MonthlyQuota)
  monthlyQuota!: MonthlyQuota;
  @ValidateNested({ each: true })
  @Type(() => PreviewSample)
  samples!: readonly PreviewSample[];
  @ValidateNested({ each: true })
  @Type(() => PreviewRecipient)
  recipients!: readonly PreviewRecipient[];
}
