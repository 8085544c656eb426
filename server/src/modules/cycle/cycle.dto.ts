import { Type } from 'class-transformer';
import { IsArray, IsIn, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { cycleStateNames, salesRoles, type CycleState, type SalesRole } from '@shigang/shared';
import type * as answers from '@shigang/shared/answers';

const states = Object.keys(cycleStateNames) as CycleState[];

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

export class CycleSummary implements answers.CycleSummary {
  @IsString()
  cycleId!: string;
  @IsString()
  period!: string;
  @IsIn(salesRoles)
  role!: SalesRole;
  @IsIn(states)
  state!: CycleState;
}

export class CycleListAnswer implements answers.CycleListAnswer {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => CycleSummary)
  cycles!: readonly CycleSummary[];
}
