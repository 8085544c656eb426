import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsString, ValidateNested } from 'class-validator';
import { tiers, type Tier } from '@shigang/shared';
import type * as answers from '@shigang/shared/answers';
import { IsNullable } from '../../../platform/http/index.ts';

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
  @IsIn([...tiers, 'later'])
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
