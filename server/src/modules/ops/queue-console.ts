import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { KoaAdapter } from '@bull-board/koa';
import type { Middleware } from 'koa';
import { AppError } from '@shigang/shared';
import { may, type Viewer } from '../../access/index.ts';
import { assertOrigin, exchangeOf } from '../../platform/http/mount.ts';
import type { Queues } from '../../platform/queue/queues.ts';

const PATH = '/ops/queues';
/** The console's page carries inline script; nothing else of the house is allowed that. */
const CSP =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'self'";

export interface QueueConsoleDeps {
  readonly queues: Queues;
  readonly cookieName: string;
  readonly origin: string;
  readonly viewerOf: (sessionToken: string | null) => Promise<Viewer>;
}

/** The queue console for HR admins at {@link PATH}: judged before the console sees the request. */
export function queueConsole(deps: QueueConsoleDeps): Middleware {
  const adapter = new KoaAdapter();
  adapter.setBasePath(PATH);
  createBullBoard({
    queues: [...deps.queues.all.values()].map((queue) => new BullMQAdapter(queue)),
    serverAdapter: adapter,
  });
  const board = adapter.registerPlugin() as unknown as Middleware;
  return async (ctx, next) => {
    if (ctx.path !== PATH && !ctx.path.startsWith(`${PATH}/`)) return next() as Promise<void>;
    const viewer = await deps.viewerOf(exchangeOf(ctx, deps.cookieName).sessionToken);
    if (!may(viewer, 'ops.read'))
      throw new AppError(viewer.userId === null ? 'auth.required' : 'access.denied');
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') assertOrigin(ctx, deps.origin);
    ctx.set('Content-Security-Policy', CSP);
    await board(ctx, next);
  };
}
