import { IsIn, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { replyAnswers, roleChangeStateNames, type ReplyAnswer, type RoleChangeState } from '@shigang/shared';
import type * as answers from '@shigang/shared/answers';

const changeStates = Object.keys(roleChangeStateNames) as RoleChangeState[];
const UUID_LENGTH = 36;

export class ResolveBody implements answers.ResolveRequest {
  @IsString()
  @Length(UUID_LENGTH, UUID_LENGTH)
  decisionId!: string;
  @IsIn(['keep', 'ground'])
  action!: 'keep' | 'ground';
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  text?: string;
}

export class Resolved implements answers.Resolved {
  @IsIn(changeStates)
  state!: RoleChangeState;
}

/** A person's answer to an offered role. */
export class ReplyBody implements answers.ReplyRequest {
  @IsString()
  @Length(UUID_LENGTH, UUID_LENGTH)
  decisionId!: string;
  @IsIn(replyAnswers)
  answer!: ReplyAnswer;
  @IsOptional()
  @IsString()
  @MaxLength(500)
  text?: string;
  @Matches(/^[0-9a-f]{64}$/)
  consentHash!: string;
}

export class ReplyKept implements answers.ReplyKept {
  @IsIn(replyAnswers)
  answer!: ReplyAnswer;
  @IsString()
  repliedAt!: string;
  @IsIn(['created', 'unchanged'])
  status!: 'created' | 'unchanged';
}
