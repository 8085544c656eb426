import { Type } from 'class-transformer';
import { IsObject, IsString, Length, ValidateNested } from 'class-validator';
import type * as answers from '@shigang/shared/answers';
import { IsNullable } from '../../platform/http/index.ts';
import { SessionAnswer } from './session-answer.ts';

export class SignInBody implements answers.SignInRequest {
  @IsString()
  @Length(1, 64)
  corpId!: string;
  /** Login-free code of the DingTalk client: five minutes, single use. */
  @IsString()
  @Length(1, 256)
  authCode!: string;
}

/** Who signed in, and the page asked for by the header `x-shigang-page`, so that the first visit takes one round trip. */
export class SignInAnswer implements answers.SignInAnswer {
  @ValidateNested()
  @Type(() => SessionAnswer)
  session!: SessionAnswer;
  /** Title, HTML and data of the page; null on the desk and for unknown addresses. */
  @IsNullable()
  @IsObject()
  page!: object | null;
}
