import type { Context, Middleware } from 'koa';
import type { Viewer } from '../access/index.ts';
import { may } from '../access/index.ts';
import { exchangeOf } from '../platform/http/mount.ts';
import type { Log } from '../platform/log.ts';
import { sendText } from './compress.ts';
import { isDesk, pageInput, type PageSources } from './page-data.ts';
import type { DingTalkApp, PageAddress, PageInput, RenderedPage, Renderer } from './renderer-face.ts';

export interface PagesDeps {
  readonly renderer: Renderer;
  readonly sources: PageSources;
  readonly app: DingTalkApp;
  readonly cookieName: string;
  readonly viewerOf: (sessionToken: string | null) => Promise<Viewer>;
  /** A new token for one that has served its time; null: keep it. */
  readonly rotate: (
    sessionToken: string,
  ) => Promise<{ readonly token: string; readonly maxAgeMs: number } | null>;
  readonly log: Log;
}

/** HTML of the mini-app: with a session the whole page, without one a skeleton and the sign-in. Never a 401. */
export function servePages(deps: PagesDeps): Middleware {
  return async (ctx, next): Promise<void> => {
    const target = ctx.method === 'GET' || ctx.method === 'HEAD' ? targetOf(deps, ctx.url) : null;
    if (!target) {
      await next();
      return;
    }
    ctx.set('Content-Security-Policy', deps.renderer.contentSecurityPolicy);
    ctx.set('Cache-Control', 'private, no-store');
    const http = exchangeOf(ctx, deps.cookieName);
    const viewer = await deps.viewerOf(http.sessionToken);
    if (viewer.userId === null)
      return sendText(
        ctx,
        'html',
        deps.renderer.firstVisit(target === 'desk' ? target : target.page, deps.app),
      );
    const renewed = http.sessionToken === null ? null : await deps.rotate(http.sessionToken);
    if (renewed) http.setSession(renewed.token, renewed.maxAgeMs);
    if (target === 'desk') return sendDesk(ctx, deps, viewer);
    const elsewhere = target.page === 'home' ? await homeElsewhere(deps, viewer) : null;
    if (elsewhere !== null) return ctx.redirect(elsewhere);
    return sendPage(ctx, deps, { viewer, address: target });
  };
}

/** What lives at an address; null: no page. */
const targetOf = ({ renderer }: PagesDeps, url: string): PageAddress | 'desk' | null =>
  isDesk(url) ? 'desk' : renderer.pageAddress(url);

/** HR people and managers without figures of their own begin at their own page; null: the home is theirs. */
async function homeElsewhere(deps: PagesDeps, viewer: Viewer): Promise<string | null> {
  const isHr = may(viewer, 'cycle.read');
  if ((!isHr && viewer.reportIds.length === 0) || (await deps.sources.hasOwnFigures(viewer))) return null;
  return isHr ? '/desk' : '/team';
}

async function sendDesk(ctx: Context, deps: PagesDeps, viewer: Viewer): Promise<void> {
  if (may(viewer, 'cycle.read')) return sendText(ctx, 'html', deps.renderer.desk());
  ctx.status = 404;
  return sendText(ctx, 'html', deps.renderer.document(denied()));
}

async function sendPage(
  ctx: Context,
  deps: PagesDeps,
  asked: { viewer: Viewer; address: PageAddress },
): Promise<void> {
  const requestId = String(ctx.response.get('X-Request-Id'));
  const { input, status } = await judged(deps, asked, requestId);
  ctx.status = status;
  if (status === 200) ctx.set('X-Shigang-Keep', '1');
  return sendText(ctx, 'html', deps.renderer.document(input));
}

async function judged(
  deps: PagesDeps,
  asked: { viewer: Viewer; address: PageAddress },
  requestId: string,
): Promise<{ input: PageInput; status: number }> {
  try {
    const input = await pageInput(deps, asked.viewer, asked.address);
    const isDenied = input.page === 'problem' && input.answer.kind === 'denied';
    return { input, status: isDenied ? 404 : 200 };
  } catch (error) {
    deps.log.error({ err: error, requestId }, 'page failed');
    return { input: { page: 'problem', answer: { kind: 'failed', number: requestId } }, status: 500 };
  }
}

/** The page that a first visit asked for, inside the answer to its sign-in; null for the desk and unknown addresses. */
export async function pageForSession(
  deps: PagesDeps,
  viewer: Viewer,
  target: string | null,
): Promise<RenderedPage | null> {
  const address = target === null ? null : deps.renderer.pageAddress(target);
  if (!address) return null;
  const { input } = await judged(deps, { viewer, address }, '');
  return deps.renderer.fragment(input);
}

const denied = (): PageInput => ({ page: 'problem', answer: { kind: 'denied', number: null } });
