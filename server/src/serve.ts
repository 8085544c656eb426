import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dataRoutes, signInRoutes } from './api.ts';
import type { App } from './app.ts';
import { createLimit, limitPages } from './platform/http/limit.ts';
import { mountRoutes } from './platform/http/mount.ts';
import { openApiDocument } from './platform/http/openapi.ts';
import { createServerApp } from './platform/http/server-app.ts';
import { HttpMetrics } from './platform/metrics.ts';
import { mountHealth } from './modules/ops/health.ts';
import { queueConsole } from './modules/ops/queue-console.ts';
import { sessionAnswer } from './modules/session/index.ts';
import { serveAssets } from './pages/assets.ts';
import { loadMiniapp } from './pages/miniapp-build.ts';
import { pageForSession, servePages, type PagesDeps } from './pages/mount-pages.ts';
import { pageSources } from './pages/sources.ts';

export interface RunningServer {
  readonly port: number;
  /** Stops taking requests, lets running ones end. */
  close(): Promise<void>;
}

/** Version of the interface that the OpenAPI document names. */
const API_VERSION = '0.1.0';
/** Requests that outlive this after a stop signal are cut. */
const DRAIN_MS = 10_000;

/**
 * One server process: pages, API, health and the queue console on one port.
 * @param miniappDist folder of the built mini-app
 * @throws AppError miniapp.not_built; the system's error when the port is taken
 */
export async function startServer(app: App, miniappDist: string): Promise<RunningServer> {
  const { config, log } = app;
  const build = await loadMiniapp(miniappDist);
  const access = {
    cookieName: config.cookieName,
    origin: new URL(config.publicUrl).origin,
    viewerOf: (token: string | null) => app.viewerOfSession(token),
  };
  const data = dataRoutes(app);
  const pages = pagesOf(
    app,
    build.renderer,
    pageSources(
      data,
      build.renderer.staffPages,
      async (viewer) => (await sessionAnswer(app.db, viewer)).abilities.seesOwnFigures,
    ),
  );
  const routes = [...signInRoutes(app, (viewer, address) => pageForSession(pages, viewer, address)), ...data];
  const metrics = new HttpMetrics();
  const limit = createLimit(app.redis, config.redisPrefix);
  const parts = [
    serveAssets(build),
    limitPages(limit),
    queueConsole({ queues: app.queues, ...access }),
    servePages(pages),
  ];
  const koa = createServerApp({ log, metrics, now: () => app.clock.real(), parts }, (router) => {
    mountHealth(router, { db: app.db, redis: app.redis, metrics });
    const document = openApiDocument(routes, API_VERSION);
    router.get('/api/openapi.json', (ctx) => {
      ctx.body = document;
    });
    mountRoutes(router, routes, { ...access, limit, checkAnswers: !config.production });
  });
  const answer = koa.callback();
  const server = await listen((request, response) => void answer(request, response), config.port);
  const port = (server.address() as AddressInfo).port;
  log.info({ port, publicUrl: config.publicUrl }, 'server is up');
  return { port, close: () => drain(server) };
}

const pagesOf = (app: App, renderer: PagesDeps['renderer'], sources: PagesDeps['sources']): PagesDeps => ({
  renderer,
  sources,
  app: { corpId: app.config.dingtalk?.corpId ?? '', clientId: app.config.dingtalk?.clientId ?? '' },
  cookieName: app.config.cookieName,
  viewerOf: (token) => app.viewerOfSession(token),
  rotate: (token) => app.modules.session.rotate(token),
  log: app.log,
});

async function listen(callback: RequestListener, port: number): Promise<Server> {
  const server = createHttpServer((request, response) => void callback(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  return server;
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
