import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { salesRoles, tiers, type SalesRole, type Tier } from '@shigang/shared';
import type * as answers from '@shigang/shared/answers';

const decidable = [...tiers, 'later'] as const;
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

export class ResendBody implements answers.ResendRequest {
  @IsString()
  @Length(UUID_LENGTH, UUID_LENGTH)
  noticeId!: string;
}

export class Resent implements answers.Resent {
  @IsString()
  noticeId!: string;
}
