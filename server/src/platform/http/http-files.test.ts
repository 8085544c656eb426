import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import {
  createServer,
  request as httpRequest,
  type ClientRequest,
  type RequestListener,
  type Server,
} from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { nobody, type Viewer } from '../../access/index.ts';
import { createLog } from '../log.ts';
import { HttpMetrics } from '../metrics.ts';
import { endpoint, file, stream, type ApiRoute } from './index.ts';
import { mountRoutes, type MountDeps } from './mount.ts';
import { openApiDocument } from './openapi.ts';
import { createServerApp } from './server-app.ts';

/* Files, streams and uploads over real sockets. */

const ORIGIN = 'https://shigang.example.com';
const LIMIT = 256 * 1024;
const PIECE = Buffer.alloc(64 * 1024, 'x');
const hr: Viewer = { ...nobody, actor: 'hr01', userId: 'hr01', isHr: true };

let produced = 0;
let ended = 0;
let signal: AbortSignal | null = null;
/** An answer without an end. */
async function* endless(gone: AbortSignal): AsyncGenerator<Buffer> {
  signal = gone;
  try {
    for (;;) {
      produced += 1;
      yield PIECE;
      await Promise.resolve();
    }
  } finally {
    ended += 1;
  }
}

interface Taken {
  readonly name: string;
  readonly bytes: number;
  readonly path: string;
  readonly text: string;
}
let taken: Taken[] = [];
let isFailing = false;
let onTaken: (() => Promise<void>) | null = null;

const routes: ApiRoute[] = [
  endpoint(
    {
      method: 'GET',
      path: '/list',
      audience: 'session',
      may: 'cycle.read',
      summary: 'list',
      answer: file('text/csv'),
    },
    () => Promise.resolve({ name: '分层名单 2026Q3 "一".csv', content: '姓名\n张三\n' }),
  ),
  endpoint(
    {
      method: 'GET',
      path: '/rows',
      audience: 'session',
      may: 'cycle.read',
      summary: 'rows',
      answer: stream('text/plain'),
    },
    ({ http }) => Promise.resolve({ content: endless(http.gone) }),
  ),
  endpoint(
    {
      method: 'POST',
      path: '/files',
      audience: 'session',
      may: 'cycle.read',
      summary: 'take in',
      upload: { types: ['text/csv'], maxBytes: LIMIT },
    },
    async ({ http }) => {
      const { path, name, bytes } = http.file ?? { path: '', name: '', bytes: 0 };
      taken.push({ name, bytes, path, text: (await readFile(path, 'utf8')).slice(0, 20) });
      await onTaken?.();
      if (isFailing) throw new Error('the handler failed');
      return null;
    },
  ),
];

let server: Server;
let port = 0;
const rules: MountDeps = {
  cookieName: 'sid',
  origin: ORIGIN,
  checkAnswers: true,
  viewerOf: (token) => Promise.resolve(token === 'hr' ? hr : nobody),
  limit: () => Promise.resolve(),
};

beforeAll(async () => {
  const app = createServerApp(
    { log: createLog('silent', 'test'), metrics: new HttpMetrics(), now: Date.now, parts: [] },
    (router) => mountRoutes(router, routes, rules),
  );
  server = createServer(app.callback() as RequestListener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  taken = [];
  isFailing = false;
  onTaken = null;
});

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
};
/** Folders of uploads that are on the disk now. */
const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('shigang-upload-'));
const get = (path: string, cookie = 'sid=hr'): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/api/v1${path}`, { headers: { cookie } });
const post = (body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/api/v1/files`, {
    method: 'POST',
    headers: { cookie: 'sid=hr', origin: ORIGIN, 'content-type': 'text/csv', ...headers },
    body,
  });
const codeOf = async (answer: Response): Promise<string> =>
  `${answer.status} ${((await answer.json()) as { code: string }).code}`;

describe('files and streams', () => {
  test('a file has its name in UTF-8 and a plain one beside it, and is not kept on the way', async () => {
    const answer = await get('/list');
    expect([answer.status, await answer.text()]).toEqual([200, '姓名\n张三\n']);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="____ 2026Q3 ___.csv"; filename*=UTF-8''%E5%88%86%E5%B1%82%E5%90%8D%E5%8D%95%202026Q3%20%22%E4%B8%80%22.csv`,
    );
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(await codeOf(await get('/list', 'sid=none'))).toBe('401 auth.required');
  });

  test('a stream is made no faster than it is read, and ends when the client hangs up', async () => {
    produced = 0;
    ended = 0;
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /api/v1/rows HTTP/1.1\r\nHost: x\r\nCookie: sid=hr\r\n\r\n');
    await once(socket, 'readable');
    socket.pause();
    // Nobody reads: what fits into the buffers is made, then nothing more.
    let before = -1;
    while (produced !== before) {
      before = produced;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(produced).toBeLessThan(1_000);
    expect(ended).toBe(0);
    socket.destroy();
    await until(() => ended === 1 && signal?.aborted === true);
  });
});

describe('uploads', () => {
  const before = new Set(folders());
  const left = (): string[] => folders().filter((name) => !before.has(name));

  test('the handler gets the file on disk under a name without a path, and it is gone afterwards', async () => {
    const name = encodeURIComponent('../../成交 2026Q3.csv');
    const answer = await post('姓名\n张三\n', { 'x-file-name': name });
    expect(answer.status).toBe(204);
    expect(taken).toMatchObject([{ name: '成交 2026Q3.csv', bytes: 14, text: '姓名\n张三\n' }]);
    expect(existsSync(taken[0]?.path ?? '')).toBe(false);
    expect(left()).toEqual([]);
  });

  test.each([
    ['too long, told beforehand', () => post(Buffer.alloc(LIMIT + 1)), '413 upload.too_large'],
    ['of another type', () => post('x', { 'content-type': 'text/html' }), '415 upload.type'],
    ['empty', () => post(''), '422 upload.empty'],
    ['from nobody', () => post('x', { cookie: 'sid=none' }), '401 auth.required'],
    ['from another site', () => post('x', { origin: 'https://evil.example.com' }), '403 request.origin'],
  ])('%s is refused and leaves nothing', async (_, send, expected) => {
    expect(await codeOf(await send())).toBe(expected);
    expect([taken, left()]).toEqual([[], []]);
  });

  test('a body that grows past the limit without having told is cut and leaves nothing', async () => {
    const upload = open();
    let status = 0;
    upload.on('response', (answer) => (status = answer.statusCode ?? 0));
    upload.on('error', () => undefined);
    while (status === 0 && !upload.destroyed) {
      upload.write(PIECE);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(status).toBe(413);
    await until(() => left().length === 0);
    expect(taken).toEqual([]);
    upload.destroy();
  });

  test('a client that hangs up leaves nothing, before and while the handler works', async () => {
    const early = open();
    early.on('error', () => undefined);
    early.write(PIECE);
    await until(() => left().length === 1);
    early.destroy();
    await until(() => left().length === 0);
    expect(taken).toEqual([]);

    let letGo = (): void => undefined;
    onTaken = () => new Promise((resolve) => (letGo = resolve));
    const late = open();
    late.on('error', () => undefined);
    late.end(PIECE);
    await until(() => taken.length === 1);
    late.destroy();
    letGo();
    await until(() => left().length === 0);
  });

  test('a handler that fails leaves nothing either', async () => {
    isFailing = true;
    expect(await codeOf(await post('x'))).toBe('500 internal');
    expect([taken.length, left()]).toEqual([1, []]);
  });

  test('a fifth file at a time is told to come again', async () => {
    const open4 = Array.from({ length: 4 }, open);
    for (const upload of open4) {
      upload.on('error', () => undefined);
      upload.write(PIECE);
    }
    await until(() => left().length === 4);
    expect(await codeOf(await post('x'))).toBe('503 upload.busy');
    for (const upload of open4) upload.destroy();
    await until(() => left().length === 0);
    expect((await post('x')).status).toBe(204);
  });

  /** A request that sends its file piece by piece, without telling how long it is. */
  function open(): ClientRequest {
    return httpRequest({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/api/v1/files',
      headers: {
        cookie: 'sid=hr',
        origin: ORIGIN,
        'content-type': 'text/csv',
        'transfer-encoding': 'chunked',
      },
    });
  }
});

describe('audiences', () => {
  const keyed = endpoint(
    { method: 'POST', path: '/records', audience: 'key', may: 'facts.write', summary: 'records' },
    () => Promise.resolve(null),
  );
  const signed = endpoint(
    { method: 'POST', path: '/callback', audience: 'signed', summary: 'callback' },
    () => Promise.resolve(null),
  );
  const mounted = async (
    more: Partial<MountDeps>,
  ): Promise<{ base: string; close: () => void; counted: string[] }> => {
    const counted: string[] = [];
    const limit = (key: string): Promise<void> => {
      counted.push(key);
      return Promise.resolve();
    };
    const app = createServerApp(
      { log: createLog('silent', 'test'), metrics: new HttpMetrics(), now: Date.now, parts: [] },
      (router) => mountRoutes(router, [keyed, signed], { ...rules, ...more, limit }),
    );
    const own = createServer(app.callback() as RequestListener);
    await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
    return {
      base: `http://127.0.0.1:${(own.address() as AddressInfo).port}`,
      close: () => own.close(),
      counted,
    };
  };

  test('an audience that nobody here recognises refuses the start', async () => {
    await expect(mounted({})).rejects.toThrow('POST /records is for the audience key');
    await expect(mounted({ authenticators: { key: () => Promise.resolve(null) } })).rejects.toThrow(
      'POST /callback is for the audience signed',
    );
  });

  test('a key and a signature need no origin, and are judged by who is behind them', async () => {
    const program: Viewer = { ...nobody, actor: 'key:crm', isSystem: true };
    const small: Viewer = { ...nobody, actor: 'key:small' };
    const { base, close, counted } = await mounted({
      authenticators: {
        key: ({ header }) =>
          Promise.resolve(
            { 'Bearer crm': program, 'Bearer small': small }[header('authorization') ?? ''] ?? null,
          ),
        signed: ({ rawBody }) => Promise.resolve(rawBody === '{"a":1}' ? small : null),
      },
    });
    const ask = (path: string, headers: Record<string, string>, body = '{}'): Promise<Response> =>
      fetch(`${base}/api/v1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
    expect((await ask('/records', { authorization: 'Bearer crm' })).status).toBe(204);
    expect(await codeOf(await ask('/records', { authorization: 'Bearer small' }))).toBe('403 access.denied');
    expect(await codeOf(await ask('/records', {}))).toBe('401 auth.refused');
    // A cookie is not a key, whoever holds it.
    expect(await codeOf(await ask('/records', { cookie: 'sid=hr', origin: ORIGIN }))).toBe(
      '401 auth.refused',
    );
    expect((await ask('/callback', {}, '{"a":1}')).status).toBe(204);
    expect(await codeOf(await ask('/callback', {}, '{"a":2}'))).toBe('401 auth.refused');
    expect(counted.slice(0, 2)).toEqual(['key:crm', 'key:small']);
    expect(counted[2]).toContain('127.0.0.1');
    close();
  });

  test('the document names audience, ability, types and limit', () => {
    const { paths, components } = openApiDocument([...routes, keyed, signed], '1') as never as {
      paths: Record<string, Record<string, object>>;
      components: { securitySchemes: object };
    };
    expect(paths['/api/v1/records']?.['post']).toMatchObject({
      'x-audience': 'key',
      'x-may': 'facts.write',
      security: [{ key: [] }],
    });
    expect(paths['/api/v1/list']?.['get']).toMatchObject({
      responses: { '200': { content: { 'text/csv': { schema: { format: 'binary' } } } } },
    });
    expect(paths['/api/v1/files']?.['post']).toMatchObject({
      requestBody: { content: { 'text/csv': { schema: { maxLength: LIMIT } } } },
    });
    expect(Object.keys(components.securitySchemes)).toEqual(['session', 'key', 'signed']);
  });
});
