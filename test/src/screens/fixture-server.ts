import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { PageInput } from '../../../miniapp/src/api/pages.ts';
import type { Renderer } from '../../../miniapp/src/entries/renderer-face.ts';
import * as fixtures from './fixtures.ts';

const DIST = path.resolve('miniapp/dist');

/** The built renderer, as the server loads it. */
export function loadRenderer(): Renderer {
  const file = path.join(DIST, 'server/renderer.cjs');
  return (createRequire(file)(file) as { renderer: Renderer }).renderer;
}

/** Pages with fixed answers, served with the product's headers: what screens look like without a database. */
export interface FixtureServer {
  origin: string;
  /** Requests so far, as `METHOD path`. */
  requests: string[];
  close(): Promise<void>;
}

export async function startFixtureServer(pages: (url: URL) => string | null): Promise<FixtureServer> {
  const renderer = loadRenderer();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fixture');
    requests.push(`${request.method} ${url.pathname}`);
    respond({ request, response, url }, renderer, pages);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, requests, close: () => closed(server) };
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
}

function respond(
  { request, response, url }: Exchange,
  renderer: Renderer,
  pages: (url: URL) => string | null,
): void {
  if (url.pathname.startsWith('/assets/') || url.pathname === '/sw.js') {
    const gzip = String(request.headers['accept-encoding'] ?? '').includes('gzip');
    const content = readFileSync(path.join(DIST, 'client', url.pathname + (gzip ? '.gz' : '')));
    response.setHeader('content-type', 'text/javascript; charset=utf-8');
    if (gzip) response.setHeader('content-encoding', 'gzip');
    response.setHeader('cache-control', 'public, max-age=31536000, immutable');
    response.end(content);
    return;
  }
  const page = pages(url);
  const isJson = url.pathname.startsWith('/api/');
  response.statusCode = page === null ? 404 : 200;
  response.setHeader('content-type', isJson ? 'application/json' : 'text/html; charset=utf-8');
  response.setHeader('content-security-policy', renderer.contentSecurityPolicy);
  response.setHeader('cache-control', 'private, no-store');
  if (!isJson) response.setHeader('x-shigang-keep', '1');
  response.end(page ?? '');
}

/** The signed-in pages of 张三, by address. */
export function staffPage(url: URL): PageInput | null {
  const { pathname } = url;
  if (pathname === '/') return { page: 'home', answer: fixtures.home };
  if (pathname === '/statement') return { page: 'statement', answer: fixtures.statement, lineId: null };
  if (pathname.startsWith('/statement/lines/')) {
    const lineId = decodeURIComponent(pathname.slice('/statement/lines/'.length));
    return { page: 'statement', answer: fixtures.statement, lineId };
  }
  if (pathname === '/match') return { page: 'match', answer: fixtures.match };
  if (pathname.startsWith('/match/')) return { page: 'evidence', answer: fixtures.evidence };
  return null;
}
