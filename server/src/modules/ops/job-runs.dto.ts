import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsObject, IsString, IsUUID, ValidateNested } from 'class-validator';
import type * as answers from '@shigang/shared/answers';
import { IsNullable } from '../../platform/http/index.ts';

export class JobRunParams {
  @IsUUID()
  runId!: string;
}

export class JobRunView implements answers.JobRunView {
  @IsString()
  runId!: string;
  @IsString()
  kind!: string;
  @IsString()
  title!: string;
  @IsIn(['queued', 'running', 'done', 'failed', 'cancelled'])
  state!: answers.JobRunState;
  @IsInt()
  done!: number;
  @IsNullable()
  @IsInt()
  total!: number | null;
  @IsString()
  startedAt!: string;
  @IsNullable()
  @IsString()
  finishedAt!: string | null;
  @IsString()
  startedBy!: string;
  @IsBoolean()
  mayCancel!: boolean;
  @IsString()
  sentence!: string;
}

export class JobRunsAnswer implements answers.JobRunsAnswer {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => JobRunView)
  runs!: JobRunView[];
}

export class JobRunAnswer extends JobRunView implements answers.JobRunAnswer {
  @IsNullable()
  @IsObject()
  outcome!: object | null;
  @IsNullable()
  @IsString()
  errorCode!: string | null;
}
