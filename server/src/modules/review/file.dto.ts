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
  @IsOptional()
  @IsString()
  detail!: string | null;
  @IsOptional()
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
  @IsOptional()
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
  @IsOptional()
  @IsIn(replyAnswers)
  answer!: ReplyAnswer | null;
  @IsOptional()
  @IsString()
  text!: string | null;
  @IsOptional()
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
  @IsOptional()
  @IsString()
  at!: string | null;
  @IsOptional()
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
  @IsOptional()
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
  @IsOptional()
  @ValidateNested()
  @Type(() => DevelopmentReply)
  reply!: DevelopmentReply | null;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TimelineStep)
  timeline!: readonly TimelineStep[];
  @IsOptional()
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
  @IsOptional()
  @ValidateNested()
  @Type(() => DevelopmentNotice)
  notice!: DevelopmentNotice | null;
}

class PersonApproval implements answers.PersonApproval {
  @IsIn(approvalStates)
  state!: ApprovalState;
  @IsOptional()
  @IsString()
  starterName!: string | null;
  @IsOptional()
  @IsString()
  approverName!: string | null;
  @IsOptional()
  @IsString()
  startedAt!: string | null;
  @IsOptional()
  @IsString()
  settledAt!: string | null;
  @IsOptional()
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
  @IsOptional()
  @IsIn(returnReasons)
  returnedWhy!: ReturnReason | null;
  @IsOptional()
  @IsString()
  returnedRemark!: string | null;
  @IsBoolean()
  isForAdmin!: boolean;
  @IsString()
  consentText!: string;
  @IsString()
  replyDueOn!: string;
  @IsOptional()
  @IsIn(replyAnswers)
  answer!: ReplyAnswer | null;
  @IsOptional()
  @IsString()
  answerText!: string | null;
  @IsOptional()
  @IsString()
  ground!: string | null;
  @IsOptional()
  @ValidateNested()
  @Type(() => PersonApproval)
  approval!: PersonApproval | null;
  @IsIn(gateMissings, { each: true })
  missing!: readonly GateMissing[];
  @IsOptional()
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
  @IsOptional()
  @IsString()
  sentAt!: string | null;
  @IsOptional()
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
  @IsOptional()
  @IsString()
  decisionId!: string | null;
  @IsOptional()
  @ValidateNested()
  @Type(() => PersonChange)
  change!: PersonChange | null;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PersonNotice)
  notices!: readonly PersonNotice[];
  @IsOptional()
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
