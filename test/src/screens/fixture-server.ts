import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { CyclePeopleAnswer } from '@shigang/shared/answers';
import type { PageInput, StaffPageName } from '../../../miniapp/src/staff/pages.ts';
import type { Renderer } from '../../../miniapp/src/entries/renderer-face.ts';
import { deskAnswer, people } from './fixture-desk.ts';
import { development, team } from './fixture-development.ts';
import * as fixtures from './fixtures.ts';

const MINIAPP = path.resolve('miniapp');
const DIST = path.join(MINIAPP, 'dist');
const APP = { corpId: 'dingfixture', clientId: 'dingclient' };

const ANSWERS: Readonly<Record<StaffPageName, object>> = {
  home: fixtures.home,
  statement: fixtures.statement,
  match: fixtures.match,
  evidence: fixtures.evidence,
  development,
  team,
};

/** Builds the mini-app unless the last build is of these sources. */
export function buildMiniapp(): void {
  execFileSync(process.execPath, [path.join(MINIAPP, 'build.mjs'), '--if-stale'], { stdio: 'pipe' });
}

/** The built renderer, as the server loads it. */
export function loadRenderer(): Renderer {
  const file = path.join(DIST, 'server/renderer.cjs');
  return (createRequire(file)(file) as { renderer: Renderer }).renderer;
}

export interface Manifest {
  entries: Record<'staff' | 'login' | 'desk', string[]>;
  /** Files of what is loaded when it is needed, by its path below `src`. */
  screens: Record<string, string[]>;
  files: Record<string, { bytes: number; gzip: number; brotli: number }>;
}
export const readManifest = (): Manifest =>
  JSON.parse(readFileSync(path.join(DIST, 'manifest.json'), 'utf8')) as Manifest;

export interface FixtureOptions {
  /** Whether every request comes with a session; without, pages are first visits. */
  isSignedIn: boolean;
  people?: CyclePeopleAnswer;
  /** Pages beside or instead of the fixed ones, by path. */
  pages?: Record<string, PageInput>;
  /** Answers beside or instead of the fixed ones: null, the fixed one. */
  api?: (asked: Asked) => Answered | null | Promise<Answered | null>;
}
/** A request below /api/v1. */
export interface Asked {
  method: string;
  /** Path and query. */
  path: string;
  body: unknown;
}
export interface Answered {
  status: number;
  body: unknown;
}

/** The built pages with fixed answers and the product's headers: screens without a database. */
export interface FixtureServer {
  readonly origin: string;
  /** Requests so far, as `METHOD path`. */
  readonly requests: string[];
  /** What POST /api/v1/session got. */
  readonly signIns: { body: string; page: string | undefined }[];
  close(): Promise<void>;
}

export async function startFixtureServer(options: FixtureOptions): Promise<FixtureServer> {
  const renderer = loadRenderer();
  const requests: string[] = [];
  const signIns: FixtureServer['signIns'] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fixture');
    requests.push(`${request.method} ${url.pathname}`);
    void respond({ request, response, url }, { options, renderer, signIns });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${port}`, requests, signIns, close };
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
}
interface House {
  options: FixtureOptions;
  renderer: Renderer;
  signIns: FixtureServer['signIns'];
}

async function respond(exchange: Exchange, house: House): Promise<void> {
  const { pathname } = exchange.url;
  if (pathname.startsWith('/assets/') || pathname === '/sw.js') return sendFile(exchange);
  if (pathname === '/api/v1/session' && exchange.request.method === 'POST') return signIn(exchange, house);
  if (pathname.startsWith('/api/v1/')) return answer(exchange, house);
  return sendPage(exchange, house);
}

function sendFile({ request, response, url }: Exchange): void {
  const isCompressed = String(request.headers['accept-encoding'] ?? '').includes('gzip');
  const type = url.pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
  response.setHeader('content-type', `${type}; charset=utf-8`);
  if (isCompressed) response.setHeader('content-encoding', 'gzip');
  if (url.pathname !== '/sw.js') response.setHeader('cache-control', 'public, max-age=31536000, immutable');
  response.end(readFileSync(path.join(DIST, 'client', url.pathname + (isCompressed ? '.gz' : ''))));
}

async function answer(exchange: Exchange, { options }: House): Promise<void> {
  const { request, response, url } = exchange;
  const text = await bodyOf(request);
  const asked: Asked = {
    method: request.method ?? 'GET',
    path: url.pathname.slice('/api/v1'.length) + url.search,
    body: text === '' ? null : JSON.parse(text),
  };
  const own = await options.api?.(asked);
  if (!own) return sendJson(exchange, deskAnswer(url.pathname, options.people ?? people));
  response.statusCode = own.status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(own.status === 204 ? undefined : JSON.stringify(own.body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

async function signIn({ request, response, url }: Exchange, house: House): Promise<void> {
  const body = await bodyOf(request);
  const page = request.headers['x-shigang-page'];
  house.signIns.push({ body, page: typeof page === 'string' ? page : undefined });
  const input = staffPage(new URL(String(page), 'http://fixture'), house.options, house.renderer);
  const answer = { session: fixtures.home.viewer, page: input ? house.renderer.fragment(input) : null };
  sendJson({ request, response, url }, answer);
}

function sendJson({ response }: Exchange, answer: unknown): void {
  response.statusCode = answer === null ? 404 : 200;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(answer));
}

function sendPage({ response, url }: Exchange, { options, renderer }: House): void {
  const input = staffPage(url, options, renderer);
  const isDesk = url.pathname.startsWith('/desk');
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('content-security-policy', renderer.contentSecurityPolicy);
  response.setHeader('cache-control', 'private, no-store');
  if (!isDesk && !input) {
    response.statusCode = 404;
    response.end(renderer.document({ page: 'problem', answer: { kind: 'denied', number: 'R-7F3A' } }));
  } else if (!options.isSignedIn) {
    response.end(renderer.firstVisit(isDesk ? 'desk' : (input?.page ?? 'home'), APP));
  } else if (isDesk || !input) {
    response.end(renderer.desk());
  } else {
    response.setHeader('x-shigang-keep', '1');
    response.end(renderer.document(input));
  }
}

/** The signed-in pages of 张三, by the table of pages. */
function staffPage(url: URL, { pages = {} }: FixtureOptions, renderer: Renderer): PageInput | null {
  const own = pages[url.pathname];
  if (own) return own;
  const address = renderer.pageAddress(url.pathname + url.search);
  return address && renderer.pageOf(address, ANSWERS[address.page]);
}
