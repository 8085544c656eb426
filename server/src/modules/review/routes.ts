import { period, type Period, type SalesRole } from '@shigang/shared';
import { endpoint, type ApiRoute } from '../../platform/http/index.ts';
import { answerHead } from '../session/index.ts';
import type { NoticeModule } from '../notice/index.ts';
import { ownDevelopment } from './development.queries.ts';
import { personFile } from './evidence-file.queries.ts';
import { DevelopmentAnswer, DevelopmentQuery, PersonFileAnswer } from './file.dto.ts';
import { TeamAnswer } from './team.dto.ts';
import { teamOf } from './team.queries.ts';
import { decisionRoutes } from './decision.routes.ts';
import type { ReviewDeps } from './deps.ts';
import { cycleBoard, cycleEvidence, cyclePeople, cyclePerson, cyclesOf } from './desk.queries.ts';
import {
  CycleAnswer,
  CycleEvidenceAnswer,
  CycleEvidenceQuery,
  CycleListAnswer,
  CycleParams,
  CyclePeopleAnswer,
  CyclePersonAnswer,
  CyclePersonParams,
  CyclesQuery,
} from './desk.dto.ts';
import { EvidenceAnswer, EvidenceQuery, MatchAnswer, OwnMatchQuery } from './own.dto.ts';
import { ownEvidence, ownMatch } from './own.queries.ts';

/** The role whose model a person's own pages show. */
const OWN_ROLE: SalesRole = 'large_account';
const periodOrNull = (text: string | undefined): Period | null => (text === undefined ? null : period(text));

/** Endpoints of scores and review cycles. */
export function reviewRoutes(deps: ReviewDeps, notice: NoticeModule): ApiRoute[] {
  return [
    ...ownRoutes(deps),
    ...cycleRoutes(deps),
    ...personRoutes(deps),
    ...toldRoutes(deps, notice),
    ...decisionRoutes(deps, notice),
  ];
}

function ownRoutes(deps: ReviewDeps): ApiRoute[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/me/match',
        audience: 'session',
        may: 'own.read',
        summary: '我的匹配度和依据',
        query: OwnMatchQuery,
        answer: MatchAnswer,
      },
      async ({ viewer, query }) => {
        const { dataAt, ...match } = await ownMatch(deps, viewer, {
          period: periodOrNull(query.period),
          role: OWN_ROLE,
        });
        return { ...(await answerHead(deps, viewer, dataAt)), ...match };
      },
    ),
    endpoint(
      {
        method: 'GET',
        path: '/me/evidence',
        audience: 'session',
        may: 'own.read',
        summary: '我的一项指标的记录',
        query: EvidenceQuery,
        answer: EvidenceAnswer,
      },
      async ({ viewer, query }) => {
        const asked = periodOrNull(query.period);
        const of = asked ?? (await ownMatch(deps, viewer, { period: null, role: OWN_ROLE })).period;
        const { dataAt, ...page } = await ownEvidence(deps, viewer, {
          period: of,
          role: OWN_ROLE,
          metric: query.metric,
          after: Number(query.after ?? 0),
        });
        return { ...(await answerHead(deps, viewer, dataAt)), ...page };
      },
    ),
  ];
}

function toldRoutes(deps: ReviewDeps, notice: NoticeModule): ApiRoute[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/me/development',
        audience: 'session',
        may: 'own.read',
        summary: '我的盘点结果、要回复的事和进展',
        query: DevelopmentQuery,
        answer: DevelopmentAnswer,
      },
      async ({ viewer, query }) => {
        const subject = { period: periodOrNull(query.period), role: OWN_ROLE };
        const development = await ownDevelopment(deps, notice, viewer, subject);
        return { ...(await answerHead(deps, viewer, null)), ...development };
      },
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
        const { snapshotAt, ...team } = await teamOf(deps, viewer, OWN_ROLE);
        return { ...(await answerHead(deps, viewer, snapshotAt)), ...team };
      },
    ),
    endpoint(
      {
        method: 'GET',
        path: '/cycles/{cycleId}/people/{userId}/file',
        audience: 'session',
        may: 'cycle.read',
        summary: '一个人的依据档案',
        params: CyclePersonParams,
        answer: PersonFileAnswer,
      },
      ({ viewer, params }) => personFile(deps, viewer, params),
    ),
  ];
}

function cycleRoutes(deps: ReviewDeps): ApiRoute[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/cycles',
        audience: 'session',
        may: 'cycle.read',
        summary: '季度盘点列表',
        query: CyclesQuery,
        answer: CycleListAnswer,
      },
      async ({ viewer, query }) => ({ cycles: await cyclesOf(deps, viewer, query.role ?? null) }),
    ),
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
        const { snapshotAt, ...board } = await cycleBoard(deps, viewer, params.cycleId);
        return { ...(await answerHead(deps, viewer, snapshotAt)), ...board };
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
      ({ viewer, params }) => cyclePeople(deps, viewer, params.cycleId),
    ),
  ];
}

function personRoutes(deps: ReviewDeps): ApiRoute[] {
  return [
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
      ({ viewer, params }) => cyclePerson(deps, viewer, params),
    ),
    endpoint(
      {
        method: 'GET',
        path: '/cycles/{cycleId}/people/{userId}/evidence',
        audience: 'session',
        may: 'cycle.read',
        summary: '一个人的一项指标的记录',
        params: CyclePersonParams,
        query: CycleEvidenceQuery,
        answer: CycleEvidenceAnswer,
      },
      ({ viewer, params, query }) =>
        cycleEvidence(deps, viewer, { ...params, metric: query.metric, after: Number(query.after ?? 0) }),
    ),
  ];
}
