import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  ValidateNested,
} from 'class-validator';
import {
  approvalStateNames,
  replyAnswers,
  returnReasonNames,
  roleChangeStates,
  salesRoles,
  tiers,
  type ApprovalState,
  type GateMissing,
  type ReplyAnswer,
  type ReturnReason,
  type RoleChangeState,
  type SalesRole,
  type Tier,
} from '@shigang/shared';
import type * as answers from '@shigang/shared/answers';
import { IsNullable } from '../../platform/http/index.ts';
import { AnswerHead } from '../session/index.ts';

const fileKinds = [
  'explanation',
  'suggestion',
  'decision',
  'notice',
  'delivery',
  'reply',
  'reply_overdue',
  'ground',
  'approval',
  'training',
  'returned',
  'settled',
  'effective',
  'transfer',
] as const;
const noticeStates = ['written', 'accepted', 'delivered', 'swallowed', 'failed', 'unknown'] as const;
const stepKinds = ['recommended', 'confirmed', 'replied', 'approved', 'effective', 'ended'] as const;
const approvalStates = Object.keys(approvalStateNames) as ApprovalState[];
const returnReasons = Object.keys(returnReasonNames) as ReturnReason[];
const gateMissings: readonly GateMissing[] = ['explanation', 'notice', 'agreement'];

/** One line of the evidence file. */
export class FileEntry implements answers.FileEntry {
  @IsIn(fileKinds)
  kind!: (typeof fileKinds)[number];
  /** Instant in Shanghai, a day alone where only that is known. */
  @IsString()
  at!: string;
  @IsString()
  title!: string;
  @IsNullable()
  @IsString()
  detail!: string | null;
  @IsNullable()
  @IsString()
  by!: string | null;
}

class TrainingCourse implements answers.TrainingCourse {
  @IsString()
  name!: string;
  @IsString()
  dimensionName!: string;
  @IsString()
  dueOn!: string;
  @IsNullable()
  @IsString()
  passedOn!: string | null;
}

export class DevelopmentTraining implements answers.DevelopmentTraining {
  @IsString()
  dueOn!: string;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TrainingCourse)
  courses!: readonly TrainingCourse[];
}

export class DevelopmentReply implements answers.DevelopmentReply {
  @IsString()
  consentText!: string;
  @IsString()
  consentHash!: string;
  @IsString()
  dueOn!: string;
  @IsInt()
  workingDaysLeft!: number;
  @IsBoolean()
  isOpen!: boolean;
  @IsNullable()
  @IsIn(replyAnswers)
  answer!: ReplyAnswer | null;
  @IsNullable()
  @IsString()
  text!: string | null;
  @IsNullable()
  @IsString()
  repliedAt!: string | null;
}

export class TimelineStep implements answers.TimelineStep {
  @IsIn(stepKinds)
  kind!: (typeof stepKinds)[number];
  @IsIn(['done', 'current', 'ahead'])
  state!: 'done' | 'current' | 'ahead';
  @IsString()
  title!: string;
  @IsNullable()
  @IsString()
  at!: string | null;
  @IsNullable()
  @IsString()
  detail!: string | null;
}

export class DevelopmentNotice implements answers.DevelopmentNotice {
  @IsString()
  period!: string;
  @IsString()
  decisionId!: string;
  @IsString()
  publishedOn!: string;
  @IsIn(tiers)
  tier!: Tier;
  @IsIn(salesRoles)
  presentRole!: SalesRole;
  @IsNullable()
  @IsIn(salesRoles)
  offeredRole!: SalesRole | null;
  @IsString()
  headline!: string;
  @IsString()
  summary!: string;
  @IsArray()
  @IsString({ each: true })
  reasons!: readonly string[];
  /** Of each reason, whether it names a target that is reached. */
  @IsArray()
  @IsBoolean({ each: true })
  reached!: readonly boolean[];
  @IsString()
  nextStep!: string;
  @IsNullable()
  @ValidateNested()
  @Type(() => DevelopmentReply)
  reply!: DevelopmentReply | null;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TimelineStep)
  timeline!: readonly TimelineStep[];
  @IsNullable()
  @ValidateNested()
  @Type(() => DevelopmentTraining)
  training!: DevelopmentTraining | null;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => FileEntry)
  file!: readonly FileEntry[];
}

export class DevelopmentQuery {
  @IsOptional()
  @Matches(/^\d{4}Q[1-4]$/)
  period?: string;
}

/** A person's own published decision, and what came of it. */
export class DevelopmentAnswer extends AnswerHead implements answers.DevelopmentAnswer {
  @IsArray()
  @IsString({ each: true })
  periods!: readonly string[];
  @IsNullable()
  @ValidateNested()
  @Type(() => DevelopmentNotice)
  notice!: DevelopmentNotice | null;
}

class PersonApproval implements answers.PersonApproval {
  @IsIn(approvalStates)
  state!: ApprovalState;
  @IsNullable()
  @IsString()
  starterName!: string | null;
  @IsNullable()
  @IsString()
  approverName!: string | null;
  @IsNullable()
  @IsString()
  startedAt!: string | null;
  @IsNullable()
  @IsString()
  settledAt!: string | null;
  @IsNullable()
  @IsString()
  remark!: string | null;
}

export class PersonChange implements answers.PersonChange {
  @IsIn(roleChangeStates)
  state!: RoleChangeState;
  @IsIn(salesRoles)
  fromRole!: SalesRole;
  @IsIn(salesRoles)
  toRole!: SalesRole;
  @IsNullable()
  @IsIn(returnReasons)
  returnedWhy!: ReturnReason | null;
  @IsNullable()
  @IsString()
  returnedRemark!: string | null;
  @IsBoolean()
  isForAdmin!: boolean;
  @IsString()
  consentText!: string;
  @IsString()
  replyDueOn!: string;
  @IsNullable()
  @IsIn(replyAnswers)
  answer!: ReplyAnswer | null;
  @IsNullable()
  @IsString()
  answerText!: string | null;
  @IsNullable()
  @IsString()
  ground!: string | null;
  @IsNullable()
  @ValidateNested()
  @Type(() => PersonApproval)
  approval!: PersonApproval | null;
  @IsIn(gateMissings, { each: true })
  missing!: readonly GateMissing[];
  @IsNullable()
  @IsString()
  effectiveOn!: string | null;
}

export class PersonNotice implements answers.PersonNotice {
  @IsString()
  noticeId!: string;
  @IsString()
  title!: string;
  @IsIn(noticeStates)
  state!: (typeof noticeStates)[number];
  @IsNullable()
  @IsString()
  sentAt!: string | null;
  @IsNullable()
  @IsString()
  seenAt!: string | null;
  @IsBoolean()
  mayResend!: boolean;
}

class FileAbilities implements answers.FileAbilities {
  @IsBoolean()
  keep!: boolean;
  @IsBoolean()
  offerAgain!: boolean;
  @IsBoolean()
  ground!: boolean;
}

/** Evidence file 依据档案 of one person in one cycle, for HR. */
export class PersonFileAnswer implements answers.PersonFileAnswer {
  @IsString()
  cycleId!: string;
  @IsString()
  period!: string;
  @IsString()
  userId!: string;
  @IsString()
  name!: string;
  @IsNullable()
  @IsString()
  decisionId!: string | null;
  @IsNullable()
  @ValidateNested()
  @Type(() => PersonChange)
  change!: PersonChange | null;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PersonNotice)
  notices!: readonly PersonNotice[];
  @IsNullable()
  @ValidateNested()
  @Type(() => DevelopmentTraining)
  training!: DevelopmentTraining | null;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => FileEntry)
  entries!: readonly FileEntry[];
  @IsString()
  contentHash!: string;
  @ValidateNested()
  @Type(() => FileAbilities)
  may!: FileAbilities;
}
