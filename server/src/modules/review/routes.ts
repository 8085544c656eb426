import { endpoint, type ApiRoute } from '../../platform/http/index.ts';
import type { SessionModule } from '../session/index.ts';
import { CycleParams, CyclePersonParams } from '../cycle/index.ts';
import { decisionRoutes } from './decision.routes.ts';
import { CycleAnswer, CyclePeopleAnswer, CyclePersonAnswer } from './desk.dto.ts';
import type { Review } from './index.ts';
import { TeamAnswer } from './team.dto.ts';

/** Endpoints of HR's review, and of what it tells managers. */
export const reviewRoutes = (review: Review, session: Pick<SessionModule, 'head'>): ApiRoute[] => [
  ...boardRoutes(review, session),
  ...decisionRoutes(review),
];

function boardRoutes(review: Review, session: Pick<SessionModule, 'head'>): ApiRoute[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/cycles/{cycleId}',
        audience: 'session',
        may: 'cycle.read',
        summary: '一次盘点的概况',
        params: CycleParams,
        answer: CycleAnswer,
      },
      async ({ viewer, params }) => {
        const { snapshotAt, ...board } = await review.desk.board(viewer, params.cycleId);
        return { ...(await session.head(viewer, snapshotAt)), ...board };
      },
    ),
    endpoint(
      {
        method: 'GET',
        path: '/cycles/{cycleId}/people',
        audience: 'session',
        may: 'cycle.read',
        summary: '一次盘点里的人员（按列）',
        params: CycleParams,
        answer: CyclePeopleAnswer,
      },
      ({ viewer, params }) => review.desk.people(viewer, params.cycleId),
    ),
    endpoint(
      {
        method: 'GET',
        path: '/cycles/{cycleId}/people/{userId}',
        audience: 'session',
        may: 'cycle.read',
        summary: '一个人的匹配度依据',
        params: CyclePersonParams,
        answer: CyclePersonAnswer,
      },
      ({ viewer, params }) => review.desk.person(viewer, params),
    ),
    endpoint(
      {
        method: 'GET',
        path: '/team',
        audience: 'session',
        may: 'team.read',
        summary: '我的团队在最近一次盘点里的结果和审批',
        answer: TeamAnswer,
      },
      async ({ viewer }) => {
        const { snapshotAt, ...team } = await review.team(viewer);
        return { ...(await session.head(viewer, snapshotAt)), ...team };
      },
    ),
  ];
}
