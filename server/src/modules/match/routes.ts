import { IsIn, IsString, Matches } from 'class-validator';
import { period, salesRoles, type SalesRole } from '@shigang/shared';
import type * as answers from '@shigang/shared/answers';
import { endpoint, type ApiRoute } from '../../platform/http/index.ts';
import type { Match } from './index.ts';

export class RebuildBody implements answers.RebuildRequest {
  @Matches(/^\d{4}Q[1-4]$/)
  period!: string;
  @IsIn(salesRoles)
  role!: SalesRole;
}

export class JobRunStarted implements answers.JobRunStarted {
  @IsString()
  runId!: string;
  @IsIn(['created', 'running'])
  status!: 'created' | 'running';
}

/** Endpoints of profiles. */
export const matchRoutes = (match: Match): ApiRoute[] => [
  endpoint(
    {
      method: 'POST',
      path: '/profiles/rebuild',
      audience: 'session',
      may: 'profiles.write',
      summary: '重算一个季度的能力画像（后台进行）',
      body: RebuildBody,
      answer: JobRunStarted,
    },
    ({ viewer, body }) => match.startRebuild(viewer, { period: period(body.period), role: body.role }),
  ),
];
