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
import {
  cycleStateNames,
  salesRoles,
  tiers,
  type CycleState,
  type EvidenceKind,
  type SalesRole,
  type Tier,
} from '@shigang/shared';
import { MatchExplanation, MissingIndicator, ModelRef, Thresholds } from '../match/index.ts';
import type { EvidenceRecord as EvidenceRecordShape } from '../profile/index.ts';
import { AnswerHead } from '../session/index.ts';

const states = Object.keys(cycleStateNames) as CycleState[];
const PERIOD = /^\d{4}Q[1-4]$/;
const matchStates = ['published', 'pending', 'none'] as const;
/** pending: the quarter's cycle is not published yet · none: this person was not in the quarter's cycle. */
export type MatchState = (typeof matchStates)[number];

/* ---------------------------------------------------------------- one's own ------------------------------------- */

export class OwnMatchQuery {
  @IsOptional()
  @Matches(PERIOD)
  period?: string;
}

/** One's own score explanation; nothing of a score before publication. */
export class MatchAnswer extends AnswerHead {
  @IsString()
  period!: string;
  @IsArray()
  @IsString({ each: true })
  periods!: string[];
  @IsIn(matchStates)
  state!: MatchState;
  @IsOptional()
  @ValidateNested()
  @Type(() => MatchExplanation)
  explanation!: MatchExplanation | null;
}

export class IndicatorPoint {
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

export class HomeMatchResult {
  @IsOptional()
  @IsInt()
  scoreHundredths!: number | null;
  @IsInt()
  coverageHundredths!: number;
  @IsOptional()
  @IsIn(tiers)
  tier!: Tier | null;
  @IsOptional()
  @IsIn(salesRoles)
  presentRole!: SalesRole | null;
  @IsOptional()
  @IsIn(salesRoles)
  targetRole!: SalesRole | null;
  @ValidateNested()
  @Type(() => Thresholds)
  thresholds!: Thresholds;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => IndicatorPoint)
  strongest!: IndicatorPoint[];
  @IsOptional()
  @ValidateNested()
  @Type(() => IndicatorPoint)
  largestGap!: IndicatorPoint | null;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => MissingIndicator)
  missing!: MissingIndicator[];
}

/** The match part of the home page. */
export class HomeMatch {
  @IsIn(matchStates)
  state!: MatchState;
  @IsOptional()
  @ValidateNested()
  @Type(() => HomeMatchResult)
  result!: HomeMatchResult | null;
}

/* ---------------------------------------------------------------- evidence -------------------------------------- */

export class EvidenceQuery extends OwnMatchQuery {
  @IsString()
  @MaxLength(160)
  metric!: string;
  @IsOptional()
  @Matches(/^\d{1,9}$/)
  after?: string;
}

export class CycleEvidenceQuery {
  @IsString()
  @MaxLength(160)
  metric!: string;
  @IsOptional()
  @Matches(/^\d{1,9}$/)
  after?: string;
}

export class EvidenceIndicator {
  @IsString()
  metric!: string;
  @IsString()
  name!: string;
  @IsOptional()
  @IsInt()
  valueTenThousandths!: number | null;
  @IsInt()
  n!: number;
  @IsOptional()
  @IsInt()
  targetTenThousandths!: number | null;
  @IsIn(['up', 'down'])
  direction!: 'up' | 'down';
  @IsOptional()
  @IsInt()
  teamAverageTenThousandths!: number | null;
}

export class EvidenceRecord {
  @IsString()
  kind!: EvidenceKind;
  @IsString()
  id!: string;
  @IsString()
  on!: string;
  @IsOptional()
  @IsString()
  title!: string | null;
  @IsOptional()
  @IsString()
  outcome!: EvidenceRecordShape['outcome'];
  @IsOptional()
  @IsInt()
  amountFen!: number | null;
  @IsOptional()
  @IsInt()
  scoreTenths!: number | null;
  @IsOptional()
  @IsInt()
  days!: number | null;
  @IsOptional()
  @IsInt()
  hoursHundredths!: number | null;
  @IsOptional()
  @IsString()
  text!: string | null;
}

/** What both evidence answers say. */
export interface EvidencePage {
  period: string;
  indicator: EvidenceIndicator;
  windowFrom: string;
  windowTo: string;
  total: number;
  records: EvidenceRecord[];
  next: number | null;
}

/** Records behind one of one's own indicators, newest first. */
export class EvidenceAnswer extends AnswerHead implements EvidencePage {
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
  records!: EvidenceRecord[];
  @IsOptional()
  @IsInt()
  next!: number | null;
}

/** Records behind another person's indicator, for HR. */
export class CycleEvidenceAnswer implements EvidencePage {
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
  records!: EvidenceRecord[];
  @IsOptional()
  @IsInt()
  next!: number | null;
}

/* ---------------------------------------------------------------- cycles ---------------------------------------- */

export class CyclesQuery {
  @IsOptional()
  @IsIn(salesRoles)
  role?: SalesRole;
}

export class CycleParams {
  @IsString()
  @MaxLength(40)
  cycleId!: string;
}

export class CyclePersonParams extends CycleParams {
  @IsString()
  @MaxLength(64)
  userId!: string;
}

export class CycleSummary {
  @IsString()
  cycleId!: string;
  @IsString()
  period!: string;
  @IsIn(salesRoles)
  role!: SalesRole;
  @IsIn(states)
  state!: CycleState;
}

export class CycleListAnswer {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => CycleSummary)
  cycles!: CycleSummary[];
}

export class TierCounts {
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

/** The board's head; counts and people only of what the viewer may see. */
export class CycleAnswer extends AnswerHead {
  @IsString()
  cycleId!: string;
  @IsString()
  period!: string;
  @IsIn(states)
  state!: CycleState;
  @ValidateNested()
  @Type(() => ModelRef)
  model!: ModelRef;
  @ValidateNested()
  @Type(() => Thresholds)
  thresholds!: Thresholds;
  @ValidateNested()
  @Type(() => TierCounts)
  counts!: TierCounts;
  @IsInt()
  people!: number;
  @IsInt()
  decided!: number;
  @IsOptional()
  @IsString()
  publishedOn!: string | null;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => CycleSummary)
  cycles!: CycleSummary[];
}

/** Every array has one entry per person, in order of userid; index columns point into the answer's words. */
export class CyclePeopleColumns {
  @IsArray()
  @IsString({ each: true })
  userId!: string[];
  @IsArray()
  @IsString({ each: true })
  name!: string[];
  @IsArray()
  @IsString({ each: true })
  jobNumber!: string[];
  @IsArray()
  @IsInt({ each: true })
  department!: number[];
  @IsArray()
  @IsInt({ each: true })
  role!: number[];
  @IsArray()
  @IsInt({ each: true })
  scoreHundredths!: number[];
  @IsArray()
  @IsInt({ each: true })
  previousScoreHundredths!: number[];
  @IsArray()
  @IsInt({ each: true })
  coverageHundredths!: number[];
  @IsArray()
  @IsInt({ each: true })
  suggestedTier!: number[];
  @IsArray()
  @IsInt({ each: true })
  decision!: number[];
  @IsArray()
  @IsInt({ each: true })
  gap!: number[];
  @IsArray()
  @IsInt({ each: true })
  left!: number[];
}

export class CyclePeopleAnswer {
  @IsString()
  cycleId!: string;
  @IsString()
  version!: string;
  @IsInt()
  rows!: number;
  @IsArray()
  @IsString({ each: true })
  departments!: string[];
  @IsArray()
  @IsIn(salesRoles, { each: true })
  roles!: SalesRole[];
  @IsArray()
  @IsString({ each: true })
  gaps!: string[];
  @ValidateNested()
  @Type(() => CyclePeopleColumns)
  columns!: CyclePeopleColumns;
}

export class CyclePerson {
  @IsString()
  userId!: string;
  @IsString()
  name!: string;
  @IsOptional()
  @IsString()
  jobNumber!: string | null;
  @IsOptional()
  @IsString()
  departmentName!: string | null;
  @IsOptional()
  @IsString()
  managerName!: string | null;
  @IsOptional()
  @IsString()
  hiredOn!: string | null;
  @IsOptional()
  @IsString()
  leftOn!: string | null;
}

export class CycleDecision {
  @IsIn(['decided', 'later'])
  kind!: 'decided' | 'later';
  @IsOptional()
  @IsIn(tiers)
  tier!: Tier | null;
  @IsOptional()
  @IsIn(salesRoles)
  targetRole!: SalesRole | null;
  @IsOptional()
  @IsString()
  reason!: string | null;
  @IsString()
  decidedByName!: string;
  @IsString()
  decidedAt!: string;
}

/** A member as HR reads them; the read is audited. */
export class CyclePersonAnswer {
  @IsString()
  cycleId!: string;
  @IsString()
  period!: string;
  @IsIn(states)
  state!: CycleState;
  @ValidateNested()
  @Type(() => CyclePerson)
  person!: CyclePerson;
  @IsIn(tiers)
  suggestedTier!: Tier;
  @IsOptional()
  @IsIn(salesRoles)
  suggestedTargetRole!: SalesRole | null;
  @IsOptional()
  @ValidateNested()
  @Type(() => CycleDecision)
  decision!: CycleDecision | null;
  @IsOptional()
  @IsInt()
  previousScoreHundredths!: number | null;
  @ValidateNested()
  @Type(() => MatchExplanation)
  explanation!: MatchExplanation;
}
