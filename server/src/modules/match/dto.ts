import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsString, ValidateNested } from 'class-validator';
import { salesRoles, tiers, type SalesRole, type Supply, type Tier } from '@shigang/shared';
import type * as answers from '@shigang/shared/answers';
import { IsNullable } from '../../platform/http/index.ts';

const supplies: readonly Supply[] = [
  'assessment',
  'deals',
  'feedback',
  'collaborations',
  'renewals',
  'trainings',
  'attendance',
  'roles',
];

/** The role-model version's limits in hundredths of points. */
export class Thresholds implements answers.Thresholds {
  @IsInt()
  transitionHundredths!: number;
  @IsInt()
  trainHundredths!: number;
}

export class ModelRef implements answers.ModelRef {
  @IsIn(salesRoles)
  role!: SalesRole;
  @IsInt()
  version!: number;
  @IsString()
  name!: string;
}

/** An indicator without data and what would supply it. */
export class MissingIndicator implements answers.MissingIndicator {
  @IsString()
  metric!: string;
  @IsString()
  name!: string;
  @IsIn(supplies)
  suppliedBy!: Supply;
}

export class MatchIndicator implements answers.MatchIndicator {
  @IsString()
  metric!: string;
  @IsString()
  name!: string;
  @IsNullable()
  @IsInt()
  valueTenThousandths!: number | null;
  @IsInt()
  n!: number;
  @IsInt()
  floorTenThousandths!: number;
  @IsInt()
  targetTenThousandths!: number;
  @IsIn(['up', 'down'])
  direction!: 'up' | 'down';
  @IsInt()
  weight!: number;
  @IsNullable()
  @IsInt()
  attainmentHundredths!: number | null;
  @IsNullable()
  @IsInt()
  pointsHundredths!: number | null;
  @IsNullable()
  @IsInt()
  fullPointsHundredths!: number | null;
  /** Null under five people. */
  @IsNullable()
  @IsInt()
  teamAverageTenThousandths!: number | null;
  /** How many records lie behind it. */
  @IsInt()
  evidenceCount!: number;
}

export class MatchDimension implements answers.MatchDimension {
  @IsString()
  id!: string;
  @IsString()
  name!: string;
  @IsInt()
  weight!: number;
  @IsNullable()
  @IsInt()
  scoreHundredths!: number | null;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => MatchIndicator)
  indicators!: readonly MatchIndicator[];
}

export class MustHave implements answers.MustHave {
  @IsString()
  metric!: string;
  @IsString()
  name!: string;
  @IsInt()
  atLeastTenThousandths!: number;
  @IsNullable()
  @IsInt()
  valueTenThousandths!: number | null;
  @IsBoolean()
  isMet!: boolean;
}

/** A score with all its parts; before publication an employee's own has every score field null. */
export class MatchExplanation implements answers.MatchExplanation {
  @ValidateNested()
  @Type(() => ModelRef)
  model!: ModelRef;
  @IsNullable()
  @IsInt()
  scoreHundredths!: number | null;
  @IsNullable()
  @IsInt()
  coverageHundredths!: number | null;
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
  @Type(() => MatchDimension)
  dimensions!: readonly MatchDimension[];
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => MissingIndicator)
  missing!: readonly MissingIndicator[];
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => MustHave)
  mustHave!: readonly MustHave[];
  @IsString()
  windowFrom!: string;
  @IsString()
  windowTo!: string;
}
