import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsString, ValidateNested } from 'class-validator';
import {
  cycleStateNames,
  salesRoles,
  tiers,
  type CycleState,
  type SalesRole,
  type Tier,
} from '@shigang/shared';
import type * as answers from '@shigang/shared/answers';
import { IsNullable } from '../../platform/http/index.ts';
import { MatchExplanation, ModelRef, Thresholds } from '../match/index.ts';
import { AnswerHead } from '../session/index.ts';
import { CycleSummary } from '../cycle/index.ts';

const states = Object.keys(cycleStateNames) as CycleState[];

export class TierCounts implements answers.TierCounts {
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
export class CycleAnswer extends AnswerHead implements answers.CycleAnswer {
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
  computed!: number;
  @IsInt()
  decided!: number;
  @IsNullable()
  @IsString()
  publishedOn!: string | null;
  /** Names of managers and HR people whom the summary card did not reach. */
  @IsArray()
  @IsString({ each: true })
  unreached!: readonly string[];
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => CycleSummary)
  cycles!: readonly CycleSummary[];
}

/** Every array has one entry per person, in order of userid; index columns point into the answer's words. */
export class CyclePeopleColumns implements answers.CyclePeopleColumns {
  @IsArray()
  @IsString({ each: true })
  userId!: readonly string[];
  @IsArray()
  @IsString({ each: true })
  name!: readonly string[];
  @IsArray()
  @IsString({ each: true })
  jobNumber!: readonly string[];
  @IsArray()
  @IsInt({ each: true })
  department!: readonly number[];
  @IsArray()
  @IsInt({ each: true })
  role!: readonly number[];
  @IsArray()
  @IsInt({ each: true })
  scoreHundredths!: readonly number[];
  @IsArray()
  @IsInt({ each: true })
  previousScoreHundredths!: readonly number[];
  @IsArray()
  @IsInt({ each: true })
  coverageHundredths!: readonly number[];
  @IsArray()
  @IsInt({ each: true })
  suggestedTier!: readonly number[];
  @IsArray()
  @IsInt({ each: true })
  decision!: readonly number[];
  @IsArray()
  @IsInt({ each: true })
  gap!: readonly number[];
  @IsArray()
  @IsInt({ each: true })
  left!: readonly number[];
  @IsArray()
  @IsInt({ each: true })
  change!: readonly number[];
  @IsArray()
  @IsInt({ each: true })
  notice!: readonly number[];
}

export class CyclePeopleAnswer implements answers.CyclePeopleAnswer {
  @IsString()
  cycleId!: string;
  @IsString()
  version!: string;
  @IsInt()
  rows!: number;
  @IsArray()
  @IsString({ each: true })
  departments!: readonly string[];
  @IsArray()
  @IsIn(salesRoles, { each: true })
  roles!: readonly SalesRole[];
  @IsArray()
  @IsString({ each: true })
  gaps!: readonly string[];
  @ValidateNested()
  @Type(() => CyclePeopleColumns)
  columns!: CyclePeopleColumns;
}

export class CyclePerson implements answers.CyclePerson {
  @IsString()
  userId!: string;
  @IsString()
  name!: string;
  @IsNullable()
  @IsString()
  jobNumber!: string | null;
  @IsNullable()
  @IsString()
  departmentName!: string | null;
  @IsNullable()
  @IsString()
  managerName!: string | null;
  @IsNullable()
  @IsString()
  hiredOn!: string | null;
  @IsNullable()
  @IsString()
  leftOn!: string | null;
}

export class CycleDecision implements answers.CycleDecision {
  @IsString()
  decisionId!: string;
  @IsIn(['decided', 'later'])
  kind!: 'decided' | 'later';
  @IsNullable()
  @IsIn(tiers)
  tier!: Tier | null;
  @IsNullable()
  @IsIn(salesRoles)
  targetRole!: SalesRole | null;
  @IsNullable()
  @IsString()
  effectiveOn!: string | null;
  @IsNullable()
  @IsString()
  reason!: string | null;
  @IsString()
  decidedByName!: string;
  @IsString()
  decidedAt!: string;
}

/** A member as HR reads them; the read is audited. */
export class CyclePersonAnswer implements answers.CyclePersonAnswer {
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
  @IsNullable()
  @IsIn(salesRoles)
  suggestedTargetRole!: SalesRole | null;
  @IsNullable()
  @ValidateNested()
  @Type(() => CycleDecision)
  decision!: CycleDecision | null;
  @IsNullable()
  @IsInt()
  previousScoreHundredths!: number | null;
  @ValidateNested()
  @Type(() => MatchExplanation)
  explanation!: MatchExplanation;
}
