import { period, type Period } from '@shigang/shared';
import { endpoint, type ApiRoute } from '../../platform/http/index.ts';
import type { SessionModule } from '../session/index.ts';
import { CyclePersonParams } from '../cycle/index.ts';
import { DevelopmentAnswer, DevelopmentQuery, PersonFileAnswer } from './file.dto.ts';
import type { EvidenceModule } from './index.ts';
import {
  CycleEvidenceAnswer,
  CycleEvidenceQuery,
  EvidenceAnswer,
  EvidenceQuery,
  MatchAnswer,
  OwnMatchQuery,
} from './own.dto.ts';

const periodOrNull = (text: string | undefined): Period | null => (text === undefined ? null : period(text));

/** Endpoints of a person's own pages, and of what HR reads behind a score and a decision. */
export const evidenceRoutes = (
  evidence: EvidenceModule,
  session: Pick<SessionModule, 'head'>,
): ApiRoute[] => [...ownRoutes(evidence, session), ...deskRoutes(evidence)];

function ownRoutes(evidence: EvidenceModule, session: Pick<SessionModule, 'head'>): ApiRoute[] {
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
        const { dataAt, ...match } = await evidence.ownMatch(viewer, periodOrNull(query.period));
        return { ...(await session.head(viewer, dataAt)), ...match };
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
        const { dataAt, ...page } = await evidence.ownEvidence(viewer, {
          period: periodOrNull(query.period),
          metric: query.metric,
          after: Number(query.after ?? 0),
        });
        return { ...(await session.head(viewer, dataAt)), ...page };
      },
    ),
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
        const development = await evidence.ownDevelopment(viewer, periodOrNull(query.period));
        return { ...(await session.head(viewer, null)), ...development };
      },
    ),
  ];
}

function deskRoutes(evidence: EvidenceModule): ApiRoute[] {
  return [
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
        evidence.cycleEvidence(viewer, { ...params, metric: query.metric, after: Number(query.after ?? 0) }),
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
      ({ viewer, params }) => evidence.personFile(viewer, params),
    ),
  ];
}
