import { Type } from 'class-transformer';
import { IsArray, IsOptional, IsString, Matches, ValidateNested } from 'class-validator';
import { period as quarter, type Period } from '@shigang/shared';
import type * as answers from '@shigang/shared/answers';
import type { Viewer } from '../access/index.ts';
import { HomeStatement, type ComputedHomeStatement, type Incentive } from '../modules/incentive/index.ts';
import { HomeDevelopment, HomeMatch, type EvidenceModule } from '../modules/evidence/index.ts';
import { AnswerHead, answerHead } from '../modules/session/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql } from '../platform/database.ts';
import { endpoint, IsNullable, type ApiRoute } from '../platform/http/index.ts';

export class HomeQuery {
  @IsOptional()
  @Matches(/^\d{4}Q[1-4]$/)
  period?: string;
}

/** The staff home: this quarter's earnings and the match score, as far as they may be seen. */
export class HomeAnswer extends AnswerHead implements answers.HomeAnswer {
  @IsString()
  period!: string;
  /** Quarters that have a statement or a published score, newest first; at least `period`. */
  @IsArray()
  @IsString({ each: true })
  periods!: readonly string[];
  @IsNullable()
  @ValidateNested()
  @Type(() => HomeStatement)
  statement!: HomeStatement | null;
  @ValidateNested()
  @Type(() => HomeMatch)
  match!: HomeMatch;
  @IsNullable()
  @ValidateNested()
  @Type(() => HomeDevelopment)
  development!: HomeDevelopment | null;
}

export interface HomeDeps {
  readonly db: Sql;
  readonly clock: Clock;
  readonly modules: { readonly incentive: Incentive; readonly evidence: EvidenceModule };
}

export const homeRoute = (deps: HomeDeps): ApiRoute =>
  endpoint(
    {
      method: 'GET',
      path: '/me/home',
      audience: 'session',
      may: 'own.read',
      summary: 'My earnings and match score of a quarter',
      query: HomeQuery,
      answer: HomeAnswer,
    },
    ({ viewer, query }) => homeOf(deps, viewer, query.period === undefined ? null : quarter(query.period)),
  );

async function homeOf(deps: HomeDeps, viewer: Viewer, asked: Period | null): Promise<HomeAnswer> {
  const { incentive, evidence } = deps.modules;
  const userId = viewer.userId ?? '';
  const own = await evidence.ownMatch(viewer, asked);
  const period = asked ?? (await incentive.latestPeriod(viewer, userId)) ?? own.period;
  const earned = await incentive.periodsOf(viewer, userId);
  const periods = [...new Set([period, ...earned, ...own.periods])].sort().reverse();
  const statement = earned.includes(period)
    ? await incentive.homeStatement(viewer, { userId, period })
    : null;
  return {
    ...(await answerHead(deps, viewer, statement?.computedAt.getTime() ?? own.dataAt)),
    period,
    periods,
    statement: statement && withoutTime(statement),
    match: await evidence.homeMatch(viewer, period),
    development: await evidence.homeDevelopment(viewer, period),
  };
}

function withoutTime({
  computedAt: _computedAt,
  ...statement
}: ComputedHomeStatement): answers.HomeStatement {
  return statement;
}
