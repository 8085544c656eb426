import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { salesRoles, tiers, type EvidenceKind, type SalesRole, type Tier } from '@shigang/shared';
import type * as answers from '@shigang/shared/answers';
import { IsNullable } from '../../platform/http/index.ts';
import { MatchExplanation, MissingIndicator, Thresholds } from '../match/index.ts';
import { AnswerHead } from '../session/index.ts';

const PERIOD = /^\d{4}Q[1-4]$/;
const matchStates: readonly answers.MatchState[] = ['published', 'pending', 'none'];

export class OwnMatchQuery {
  @IsOptional()
  @Matches(PERIOD)
  period?: string;
}

/** One's own score explanation; nothing of a score before publication. */
export class MatchAnswer extends AnswerHead implements answers.MatchAnswer {
  @IsString()
  period!: string;
  @IsArray()
  @IsString({ each: true })
  periods!: readonly string[];
  @IsIn(matchStates)
  state!: answers.MatchState;
  @IsNullable()
  @ValidateNested()
  @Type(() => MatchExplanation)
  explanation!: MatchExplanation | null;
}

export class IndicatorPoint implements answers.IndicatorPoint {
  @IsString()
  metric!: string;
  @IsString()
  name!: string;
  @IsInt()
  valueTenThousandths!: number;
  @IsInt()
  targetTenThousandths!: number;
  @IsInt()
  attainmentHundredths!: number;
  @IsInt()
  pointsHundredths!: number;
  @IsInt()
  fullPointsHundredths!: number;
}

export class HomeMatchResult implements answers.HomeMatchResult {
  @IsNullable()
  @IsInt()
  scoreHundredths!: number | null;
  @IsInt()
  coverageHundredths!: number;
  @IsNullable()
  @IsIn(tiers)
  tier!: Tier | null;
  @IsNullable()
  @IsIn(salesRoles)
  presentRole!: SalesRole | null;
  @IsNullable()
  @IsIn(salesRoles)
  targetRole!: SalesRole | null;
  @ValidateNested()
  @Type(() => Thresholds)
  thresholds!: Thresholds;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => IndicatorPoint)
  strongest!: readonly IndicatorPoint[];
  @IsNullable()
  @ValidateNested()
  @Type(() => IndicatorPoint)
  largestGap!: IndicatorPoint | null;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => MissingIndicator)
  missing!: readonly MissingIndicator[];
}

/** The match part of the home page. */
export class HomeMatch implements answers.HomeMatch {
  @IsIn(matchStates)
  state!: answers.MatchState;
  @IsNullable()
  @ValidateNested()
  @Type(() => HomeMatchResult)
  result!: HomeMatchResult | null;
}

export class EvidenceQuery extends OwnMatchQuery {
  @IsString()
  @MaxLength(160)
  metric!: string;
  @IsOptional()
  @Matches(/^\d{1,9}$/)
  after?: string;
}

export class EvidenceIndicator implements answers.EvidenceIndicator {
  @IsString()
  metric!: string;
  @IsString()
  name!: string;
  @IsNullable()
  @IsInt()
  valueTenThousandths!: number | null;
  @IsInt()
  n!: number;
  @IsNullable()
  @IsInt()
  targetTenThousandths!: number | null;
  @IsIn(['up', 'down'])
  direction!: 'up' | 'down';
  @IsNullable()
  @IsInt()
  teamAverageTenThousandths!: number | null;
}

export class EvidenceRecord implements answers.EvidenceRecord {
  @IsString()
  kind!: EvidenceKind;
  @IsString()
  id!: string;
  @IsString()
  on!: string;
  @IsNullable()
  @IsString()
  title!: string | null;
  @IsNullable()
  @IsString()
  outcome!: answers.EvidenceOutcome | null;
  @IsNullable()
  @IsInt()
  amountFen!: number | null;
  @IsNullable()
  @IsInt()
  scoreTenths!: number | null;
  @IsNullable()
  @IsInt()
  days!: number | null;
  @IsNullable()
  @IsInt()
  hoursHundredths!: number | null;
  @IsNullable()
  @IsString()
  text!: string | null;
}

/** Records behind one of one's own indicators, newest first. */
export class EvidenceAnswer extends AnswerHead implements answers.EvidenceAnswer {
  @IsString()
  period!: string;
  @ValidateNested()
  @Type(() => EvidenceIndicator)
  indicator!: EvidenceIndicator;
  @IsString()
  windowFrom!: string;
  @IsString()
  windowTo!: string;
  @IsInt()
  total!: number;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => EvidenceRecord)
  records!: readonly EvidenceRecord[];
  @IsNullable()
  @IsInt()
  next!: number | null;
}

export class CycleEvidenceQuery {
  @IsString()
  @MaxLength(160)
  metric!: string;
  @IsOptional()
  @Matches(/^\d{1,9}$/)
  after?: string;
}

/** Records behind another person's indicator, for HR. */
export class CycleEvidenceAnswer implements answers.CycleEvidenceAnswer {
  @IsString()
  period!: string;
  @ValidateNested()
  @Type(() => EvidenceIndicator)
  indicator!: EvidenceIndicator;
  @IsString()
  windowFrom!: string;
  @IsString()
  windowTo!: string;
  @IsInt()
  total!: number;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => EvidenceRecord)
  records!: readonly EvidenceRecord[];
  @IsNullable()
  @IsInt()
  next!: number | null;
}
