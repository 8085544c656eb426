import { endpoint, type ApiRoute } from '../../platform/http/index.ts';
import { shanghaiInstant } from '@shigang/shared';
import { CyclePersonParams } from '../cycle/index.ts';
import type { RoleChangeModule } from './index.ts';
import { ReplyBody, ReplyKept, ResolveBody, Resolved } from './role-change.dto.ts';

/** Endpoints that answer an offered role, and what came back of it. */
export const roleChangeRoutes = (roleChange: RoleChangeModule): ApiRoute[] => [
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
      state: await roleChange.resolve(viewer, { ...params, ...body, text: body.text ?? null }),
    }),
  ),
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
      const kept = await roleChange.reply(viewer, { ...body, text, channel: 'app' });
      return { ...kept, repliedAt: shanghaiInstant(kept.repliedAt.getTime()) };
    },
  ),
];
