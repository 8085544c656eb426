import { shanghaiInstant } from '../session/index.ts';
import { endpoint, type ApiRoute } from '../../platform/http/index.ts';
import type { NoticeModule } from '../notice/index.ts';
import {
  ConfirmBody,
  Confirmed,
  DecideBody,
  DecisionMade,
  PublicationMade,
  PublishPreview,
  ReplyBody,
  ReplyKept,
  ResendBody,
  Resent,
  ResolveBody,
  Resolved,
} from './decision.dto.ts';
import { confirmAll, decide } from './decide.ts';
import type { ReviewDeps } from './deps.ts';
import { CycleParams, CyclePersonParams } from './desk.dto.ts';
import { publishCycle } from './publish-cycle.ts';
import { publishPreview } from './publish-preview.ts';
import { replyToOffer } from './reply-to-offer.ts';
import { resendNotice } from './resend-notice.ts';
import { resolveChange } from './resolve-change.ts';

/** Endpoints that decide and answer. */
export function decisionRoutes(deps: ReviewDeps, notice: Pick<NoticeModule, 'resend'>): ApiRoute[] {
  return [...cycleWrites(deps), previewRoute(deps), ...personWrites(deps, notice), replyRoute(deps)];
}

function cycleWrites(deps: ReviewDeps): ApiRoute[] {
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
        const { decisionId, status } = await decide(deps, viewer, { ...params, ...body });
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
        const { confirmed, left } = await confirmAll(deps, viewer, { ...params, userIds: body.userIds });
        return { confirmed, left: [...left] };
      },
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
        await publishCycle(deps, viewer, params.cycleId);
        return { state: 'published' as const };
      },
    ),
  ];
}

const previewRoute = (deps: ReviewDeps): ApiRoute =>
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
    ({ viewer, params }) => publishPreview(deps, viewer, params.cycleId),
  );

function personWrites(deps: ReviewDeps, notice: Pick<NoticeModule, 'resend'>): ApiRoute[] {
  return [
    endpoint(
      {
        method: 'POST',
        path: '/cycles/{cycleId}/people/{userId}/resolutions',
        audience: 'session',
        may: 'cycle.decide',
        summary: '处理退回的调整：保持现岗，或写明依据继续',
        params: CyclePersonParams,
        body: ResolveBody,
        answer: Resolved,
      },
      async ({ viewer, params, body }) => ({
        state: await resolveChange(deps, viewer, { ...params, ...body, text: body.text ?? null }),
      }),
    ),
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
        noticeId: await resendNotice(deps, notice, viewer, { ...params, ...body }),
      }),
    ),
  ];
}

const replyRoute = (deps: ReviewDeps): ApiRoute =>
  endpoint(
    {
      method: 'POST',
      path: '/me/replies',
      audience: 'session',
      may: 'own.read',
      summary: '回复岗位安排',
      body: ReplyBody,
      answer: ReplyKept,
    },
    async ({ viewer, body }) => {
      const text = body.text?.trim() || null;
      const kept = await replyToOffer(deps, viewer, { ...body, text, channel: 'app' });
      return { ...kept, repliedAt: shanghaiInstant(kept.repliedAt.getTime()) };
    },
  );
