import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { salesRoles, tiers, type SalesRole, type Supply, type Tier } from '@shigang/shared';
import type * as answers from '@shigang/shared/answers';

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
  @IsOptional()
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
  @IsOptional()
  @IsInt()
  attainmentHundredths!: number | null;
  @IsOptional()
  @IsInt()
  pointsHundredths!: number | null;
  @IsOptional()
  @IsInt()
  fullPointsHundredths!: number | null;
  /** Null under five people. */
  @IsOptional()
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
  @IsOptional()
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
  @IsOptional()
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
  @IsOptional()
  @IsInt()
  scoreHundredths!: number | null;
  @IsOptional()
  @IsInt()
  coverageHundredths!: number | null;
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
