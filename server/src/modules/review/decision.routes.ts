import { endpoint, type ApiRoute } from '../../platform/http/index.ts';
import { CycleParams, CyclePersonParams } from '../cycle/index.ts';
import {
  ConfirmBody,
  Confirmed,
  DecideBody,
  DecisionMade,
  PublicationMade,
  ResendBody,
  Resent,
} from './decision.dto.ts';
import type { Review } from './index.ts';
import { PublishPreview } from './publication/preview.dto.ts';

/** Endpoints that decide, publish and tell again. */
export function decisionRoutes(review: Pick<Review, 'desk'>): ApiRoute[] {
  return [...decideRoutes(review), ...publicationRoutes(review), resendRoute(review)];
}

function decideRoutes(review: Pick<Review, 'desk'>): ApiRoute[] {
  return [
    endpoint(
      {
        method: 'POST',
        path: '/cycles/{cycleId}/decisions',
        audience: 'session',
        may: 'cycle.decide',
        summary: '决定一个人的分层；已发布的盘点里是一次新的安排',
        params: CycleParams,
        body: DecideBody,
        answer: DecisionMade,
      },
      async ({ viewer, params, body }) => {
        const { decisionId, status } = await review.desk.decide(viewer, { ...params, ...body });
        return { decisionId, status };
      },
    ),
    endpoint(
      {
        method: 'POST',
        path: '/cycles/{cycleId}/confirmations',
        audience: 'session',
        may: 'cycle.decide',
        summary: '批量确认建议；调整岗位除外',
        params: CycleParams,
        body: ConfirmBody,
        answer: Confirmed,
      },
      async ({ viewer, params, body }) => {
        const { confirmed, left } = await review.desk.confirmAll(viewer, {
          ...params,
          userIds: body.userIds,
        });
        return { confirmed, left: [...left] };
      },
    ),
  ];
}

function publicationRoutes(review: Pick<Review, 'desk'>): ApiRoute[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/cycles/{cycleId}/preview',
        audience: 'session',
        may: 'cycle.decide',
        summary: '发布前看清会发出什么、发给谁',
        params: CycleParams,
        answer: PublishPreview,
      },
      ({ viewer, params }) => review.desk.preview(viewer, params.cycleId),
    ),
    endpoint(
      {
        method: 'POST',
        path: '/cycles/{cycleId}/publication',
        audience: 'session',
        may: 'cycle.decide',
        summary: '发布盘点',
        params: CycleParams,
        answer: PublicationMade,
      },
      async ({ viewer, params }) => {
        await review.desk.publish(viewer, params.cycleId);
        return { state: 'published' as const };
      },
    ),
  ];
}

const resendRoute = (review: Pick<Review, 'desk'>): ApiRoute =>
  endpoint(
    {
      method: 'POST',
      path: '/cycles/{cycleId}/people/{userId}/notices',
      audience: 'session',
      may: 'cycle.decide',
      summary: '换一种说法，再发一次通知',
      params: CyclePersonParams,
      body: ResendBody,
      answer: Resent,
    },
    async ({ viewer, params, body }) => ({
      noticeId: await review.desk.resend(viewer, { ...params, ...body }),
    }),
  );
