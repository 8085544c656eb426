import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { apiRoutes } from './api.ts';
import type { App } from './app.ts';
import { createLimit } from './platform/http/limit.ts';
import { mountRoutes } from './platform/http/mount.ts';
import { openApiDocument } from './platform/http/openapi.ts';
import { createServerApp } from './platform/http/server-app.ts';
import { HttpMetrics } from './platform/metrics.ts';
import { mountHealth } from './modules/ops/health.ts';
import { queueConsole } from './modules/ops/queue-console.ts';

export interface RunningServer {
  readonly port: number;
  /** Stops taking requests, lets running ones end. */
  close(): Promise<void>;
}

/** Requests that outlive this after a stop signal are cut. */
const DRAIN_MS = 10_000;

/** One server process: pages, API, health and the queue console on one port. */
export async function startServer(app: App): Promise<RunningServer> {
  const { config, log } = app;
  const origin = new URL(config.publicUrl).origin;
  const access = {
    cookieName: config.cookieName,
    origin,
    viewerOf: (token: string | null) => app.viewerOfSession(token),
  };
  const metrics = new HttpMetrics();
  const routes = apiRoutes(app);
  const deps = {
    log,
    metrics,
    now: () => app.clock.real(),
    parts: [queueConsole({ queues: app.queues, ...access })],
  };
  const koa = createServerApp(deps, (router) => {
    mountHealth(router, { db: app.db, redis: app.redis, metrics });
    const document = openApiDocument(routes, '0.1.0');
    router.get('/api/openapi.json', (ctx) => {
      ctx.body = document;
    });
    const limit = createLimit(app.redis, config.redisPrefix);
    mountRoutes(router, routes, { ...access, limit, checkAnswers: !config.production });
  });
  const server = await listen(koa.callback(), config.port);
  const port = (server.address() as AddressInfo).port;
  log.info({ port, publicUrl: config.publicUrl }, 'server is up');
  return { port, close: () => drain(server) };
}

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
