import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, Matches, ValidateNested } from 'class-validator';
import { componentNames, statementStatusNames, type InputUnit, type StatementStatus } from '@shigang/shared';
import type * as answers from '@shigang/shared/answers';
import { IsNullable } from '../../platform/http/index.ts';
import { AnswerHead } from '../session/index.ts';

const statuses = Object.keys(statementStatusNames);
const kinds = Object.keys(componentNames) as (keyof typeof componentNames)[];
const sourceKinds = ['deal', 'receipt', 'renewal', 'collaboration', 'period', 'adjustment'] as const;
const units: readonly InputUnit[] = [
  'fen',
  'bp',
  'tenths',
  'hundredths',
  'ten_thousandths',
  'years',
  'count',
  'weight',
];

/** A quarter `2026Q3` or one of its months `2026-09`; absent: the newest quarter with earnings. */
export class StatementQuery {
  @IsOptional()
  @Matches(/^\d{4}(?:Q[1-4]|-(?:0[1-9]|1[0-2]))$/)
  period?: string;
}

/** What the comparison plan would have paid. */
export class OldPlanTotal implements answers.OldPlanTotal {
  @IsString()
  name!: string;
  @IsInt()
  totalFen!: number;
}

export class ComponentSum implements answers.ComponentSum {
  @IsString()
  component!: string;
  @IsIn(kinds)
  kind!: (typeof kinds)[number];
  @IsInt()
  amountFen!: number;
}

/** The earnings card of the home screen. */
export class HomeStatement implements answers.HomeStatement {
  @IsIn(statuses)
  status!: StatementStatus;
  @IsInt()
  totalFen!: number;
  @IsNullable()
  @IsInt()
  previousTotalFen!: number | null;
  @IsNullable()
  @ValidateNested()
  @Type(() => OldPlanTotal)
  oldPlan!: OldPlanTotal | null;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ComponentSum)
  components!: readonly ComponentSum[];
}

/** One number of a formula by name. */
export class StatementInput implements answers.StatementInput {
  @IsString()
  name!: string;
  @IsIn(units)
  unit!: InputUnit;
  @IsInt()
  value!: number;
}

export class StatementSource implements answers.StatementSource {
  @IsIn(sourceKinds)
  kind!: (typeof sourceKinds)[number];
  @IsString()
  id!: string;
  @IsString()
  label!: string;
}

export class PlanRef implements answers.PlanRef {
  @IsString()
  id!: string;
  @IsInt()
  version!: number;
  @IsString()
  name!: string;
  @IsString()
  validFrom!: string;
}

export class StatementLine implements answers.StatementLine {
  @IsString()
  id!: string;
  @IsString()
  component!: string;
  @IsIn(kinds)
  kind!: (typeof kinds)[number];
  @IsString()
  anchorOn!: string;
  @IsInt()
  amountFen!: number;
  @IsString()
  formula!: string;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => StatementInput)
  inputs!: readonly StatementInput[];
  @ValidateNested()
  @Type(() => StatementSource)
  source!: StatementSource;
  @ValidateNested()
  @Type(() => PlanRef)
  plan!: PlanRef;
}

export class StatementGroup implements answers.StatementGroup {
  @IsString()
  component!: string;
  @IsIn(kinds)
  kind!: (typeof kinds)[number];
  @IsInt()
  amountFen!: number;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => StatementLine)
  lines!: readonly StatementLine[];
}

/** A quarter's or month's statement as its owner reads it. */
export class StatementAnswer extends AnswerHead implements answers.StatementAnswer {
  @IsString()
  period!: string;
  @IsString()
  quarter!: string;
  @IsArray()
  @IsString({ each: true })
  periods!: readonly string[];
  @IsIn(statuses)
  status!: StatementStatus;
  @IsInt()
  totalFen!: number;
  @IsNullable()
  @ValidateNested()
  @Type(() => OldPlanTotal)
  oldPlan!: OldPlanTotal | null;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => StatementGroup)
  groups!: readonly StatementGroup[];
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => StatementLine)
  corrections!: readonly StatementLine[];
}
