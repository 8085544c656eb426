import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsString, Matches, Max, Min, ValidateNested } from 'class-validator';
import { AppError } from '@shigang/shared';
import { nobody, type Viewer } from '../../access/index.ts';
import { createLog } from '../log.ts';
import { HttpMetrics } from '../metrics.ts';
import { endpoint, IsNullable } from './index.ts';
import { mountRoutes } from './mount.ts';
import { openApiDocument } from './openapi.ts';
import { createServerApp } from './server-app.ts';
import { assertAnswer } from './validate.ts';

class PersonParams {
  @Matches(/^[a-z0-9]+$/)
  userId!: string;
}
class DecideBody {
  @IsString()
  tier!: string;
  @IsInt()
  @Min(1)
  @Max(5)
  weight!: number;
}
class Line {
  @IsInt()
  amountFen!: number;
}
class NullableAnswer {
  @IsNullable()
  @IsString()
  remark!: string | null;
  @IsNullable()
  @ValidateNested()
  @Type(() => Line)
  largest!: Line | null;
  @ValidateNested()
  @Type(() => Line)
  first!: Line;
  @ValidateNested({ each: true })
  @Type(() => Line)
  lines!: Line[];
}
class DecideAnswer {
  @IsString()
  userId!: string;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Line)
  lines!: Line[];
}

const ORIGIN = 'https://shigang.example.com';
const staff: Viewer = { ...nobody, actor: 'zhangsan', userId: 'zhangsan' };
const hr: Viewer = { ...nobody, actor: 'hr01', userId: 'hr01', isHr: true };
let failure: Error | null = null;
const routes = [
  endpoint(
    {
      method: 'POST',
      path: '/people/{userId}/decisions',
      audience: 'session',
      may: 'cycle.decide',
      summary: 'decide',
      params: PersonParams,
      body: DecideBody,
      answer: DecideAnswer,
    },
    ({ params, body }) => {
      if (failure) return Promise.reject(failure);
      const amountFen = body.tier === 'broken answer' ? 0.5 : body.weight;
      return Promise.resolve({ userId: params.userId, lines: [{ amountFen }] });
    },
  ),
  endpoint(
    { method: 'DELETE', path: '/session', audience: 'session', may: 'signed_in', summary: 'end' },
    ({ http }) => {
      http.clearSession();
      return Promise.resolve(null);
    },
  ),
];
let limited = false;
let server: Server;
let base = '';

beforeAll(async () => {
  const app = createServerApp(
    { log: createLog('silent', 'test'), metrics: new HttpMetrics(), now: Date.now, parts: [] },
    (router) =>
      mountRoutes(router, routes, {
        cookieName: 'sid',
        origin: ORIGIN,
        checkAnswers: true,
        viewerOf: (token) => Promise.resolve(token === 'hr' ? hr : token === 'staff' ? staff : nobody),
        limit: () => (limited ? Promise.reject(new AppError('request.too_many')) : Promise.resolve()),
      }),
  );
  server = createServer(app.callback() as RequestListener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  failure = null;
  limited = false;
});

const decide = (
  token: string | null,
  body: object,
  { origin = ORIGIN, userId = 'lisi' }: { origin?: string | null; userId?: string } = {},
): Promise<Response> =>
  fetch(`${base}/api/v1/people/${userId}/decisions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token ? { cookie: `sid=${token}` } : {}),
      ...(origin ? { origin } : {}),
    },
    body: JSON.stringify(body),
  });
const good = { tier: 'train', weight: 3 };

test('a valid request gets its answer, not cached, with a number to quote', async () => {
  const response = await decide('hr', good);
  expect([response.status, await response.json()]).toEqual([
    200,
    { userId: 'lisi', lines: [{ amountFen: 3 }] },
  ]);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test.each([
  ['nobody signed in', { token: null, origin: ORIGIN, status: 401, code: 'auth.required' }],
  ['a person without the right', { token: 'staff', origin: ORIGIN, status: 403, code: 'access.denied' }],
  ['another site', { token: 'hr', origin: 'https://evil.example.com', status: 403, code: 'request.origin' }],
  ['no origin', { token: 'hr', origin: null, status: 403, code: 'request.origin' }],
])('%s is refused before the input is looked at', async (_, { token, origin, status, code }) => {
  const response = await decide(token, { nonsense: true }, { origin });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ status, code, type: 'about:blank' });
  expect(response.headers.get('content-type')).toContain('application/problem+json');
});

test('every wrong field is named', async () => {
  const response = await decide('hr', { weight: 9, extra: 1 });
  const problem = (await response.json()) as { code: string; errors: { field: string }[] };
  expect([response.status, problem.code]).toEqual([422, 'request.invalid']);
  expect(problem.errors.map((error) => error.field).sort()).toEqual(['extra', 'tier', 'weight']);
});

test('a wrong path parameter is 422, broken JSON 400', async () => {
  expect((await decide('hr', good, { userId: 'A%27' })).status).toBe(422);
  const broken = await fetch(`${base}/api/v1/people/lisi/decisions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: 'sid=hr', origin: ORIGIN },
    body: '{"tier":',
  });
  expect([broken.status, ((await broken.json()) as { code: string }).code]).toEqual([400, 'request.invalid']);
});

test.each([
  ['a typed error', new AppError('cycle.changed'), 409, 'cycle.changed'],
  ['a lost database', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 503, 'service.unavailable'],
  ['a mistake of ours', new Error('secret detail'), 500, 'internal'],
])('%s becomes a problem without its cause', async (_, error, status, code) => {
  failure = error;
  const response = await decide('hr', good);
  const text = await response.text();
  expect([response.status, (JSON.parse(text) as { code: string }).code]).toEqual([status, code]);
  expect(text).not.toContain('secret detail');
  expect(response.headers.get('retry-after')).toBe(status === 503 ? '5' : null);
});

test('an answer that breaks its own contract is an error of ours', async () => {
  const response = await decide('hr', { tier: 'broken answer', weight: 1 });
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([500, 'internal']);
});

test('too many requests are told so', async () => {
  limited = true;
  expect((await decide('hr', good)).status).toBe(429);
});

test('signing out clears the cookie and what the browser kept', async () => {
  const response = await fetch(`${base}/api/v1/session`, {
    method: 'DELETE',
    headers: { cookie: 'sid=staff', origin: ORIGIN },
  });
  expect(response.status).toBe(204);
  expect(response.headers.get('set-cookie')).toBe(
    'sid=; Path=/; HttpOnly; Secure; SameSite=None; Partitioned; Max-Age=0',
  );
  expect(response.headers.get('clear-site-data')).toContain('storage');
});

test('the document describes what validates', () => {
  const document = openApiDocument(routes, '1') as never as {
    paths: Record<string, Record<string, { parameters: object[]; 'x-may': string }>>;
    components: { schemas: Record<string, { properties: Record<string, object> }> };
  };
  const operation = document.paths['/api/v1/people/{userId}/decisions']?.['post'];
  expect(operation?.['x-may']).toBe('cycle.decide');
  expect(operation?.parameters).toEqual([
    { name: 'userId', in: 'path', required: true, schema: { type: 'string', pattern: '^[a-z0-9]+$' } },
  ]);
  expect(document.components.schemas['DecideBody']?.properties['weight']).toEqual({
    type: 'integer',
    minimum: 1,
    maximum: 5,
  });
});

const whole = { remark: null, largest: null, first: { amountFen: 1 }, lines: [{ amountFen: 2 }] };

test('null is an answer where it is declared', async () => {
  await expect(assertAnswer(NullableAnswer, whole)).resolves.toBeUndefined();
  const { components } = openApiDocument([], '1') as { components: { schemas: Record<string, object> } };
  expect(components.schemas['NullableAnswer']).toEqual({
    type: 'object',
    properties: {
      remark: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      largest: { anyOf: [{ $ref: '#/components/schemas/Line' }, { type: 'null' }] },
      first: { $ref: '#/components/schemas/Line' },
      lines: { type: 'array', items: { $ref: '#/components/schemas/Line' } },
    },
    required: expect.arrayContaining(['remark', 'largest', 'first', 'lines']) as string[],
  });
});

test.each([
  ['a value that is left out', { remark: undefined }, 'remark'],
  ['a nested object that is left out', { largest: undefined }, 'largest'],
  ['a nested object that is null without being declared so', { first: null }, 'first'],
  ['a value inside a nested object that is left out', { first: {} }, 'first.amountFen'],
  ['a value of an element that is left out', { lines: [{ amountFen: 2 }, {}] }, 'lines.1.amountFen'],
])('%s breaks the contract', async (_, change, field) => {
  await expect(assertAnswer(NullableAnswer, { ...whole, ...change })).rejects.toThrow(`${field}: is missing`);
});
