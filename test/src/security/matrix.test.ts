import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp, readConfig, type App, type Need, type Viewer } from '@shigang/server';
import { dataRoutes, signInRoutes } from '@shigang/server/http';
import { period as quarter } from '@shigang/shared';
import { EXPECTED_PEOPLE, EXPECTED_PREVIOUS } from '../demo/expected.ts';
import { openHouse, type TestHouse } from '../harness/processes/house.ts';
import { afterSuite } from '../harness/servers.ts';
import { ROOT } from '../harness/root.ts';
import { control, signIn } from '../harness/processes/simulator-control.ts';
import {
  ADDRESSES,
  API_MATRIX,
  BODIES,
  CYCLE_ID,
  MADE_UP_CODE,
  OTHER_MATRIX,
  rowOf,
  type Row,
} from './matrix.ts';
import { HR_SECOND_TEAM, PEOPLE, ROLES, signInAll, writeOrg, writeSettings, type Role } from './roles.ts';

/* Who may do what, by asking the running server as everybody: the rules of "who sees what", enforced where data is read. */

const NEEDS: readonly Need[] = ['database', 'redis', 'queues', 'dingtalk', 'http'];
const read = <Document>(path: string): Document =>
  JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Document;
const { preparation } = read<{ preparation: { name: string; args: string[] }[] }>('scripts/demo/steps.json');

/** A loaded machine starts a process in half a minute. */
jest.setTimeout(600_000);

let house: TestHouse;
let app: App;
let cookies: Map<Role, string | null>;
let everybody: string[];

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shigang-matrix-'));
  afterSuite(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })));
  house = await openHouse({ org: ['--org', writeOrg(folder)] });
  const settings = writeSettings(folder, read('examples/demo/settings.json'));
  for (const { name, args } of preparation)
    await house.run(...(name === 'settings' ? ['settings', 'apply', settings] : args));
  await house.run('incentives', 'compute', '--period', '2026Q3');
  await house.startServer();
  app = await buildApp(readConfig(house.env, NEEDS), NEEDS, { name: 'test' });
  afterSuite(() => app.close());
  cookies = await signInAll(house);
  const rows = await house.db.select<{ user_id: string }>('SELECT user_id FROM employees ORDER BY user_id');
  everybody = rows.map((row) => row.user_id);
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function ask(
  method: string,
  path: string,
  cookie: string | null,
  more: object = {},
  body: object = MADE_UP_CODE,
): Promise<Answer> {
  const answer = await fetch(house.appUrl + path, {
    method,
    redirect: 'manual',
    headers: {
      origin: house.appUrl,
      'content-type': 'application/json',
      ...(cookie === null ? {} : { cookie }),
      ...more,
    },
    ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
const asked = (role: Role, path: string): Promise<Answer> => ask('GET', path, cookies.get(role) ?? null);

describe('the matrix', () => {
  test('every endpoint has a row, and every row an endpoint', async () => {
    const routes = [...dataRoutes(app), ...signInRoutes(app, () => Promise.resolve(null))];
    const contracts = routes.map(({ contract }) => `${contract.method} ${contract.path}`);
    expect(Object.keys(API_MATRIX).sort()).toEqual(contracts.sort());
    const { paths } = JSON.parse((await ask('GET', '/api/openapi.json', null)).text) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
    );
    expect(described.sort()).toEqual(contracts);
  });

  // Signing out would end the sessions of the other rows: it has sessions of its own, below.
  const rows = Object.entries(API_MATRIX).filter(([name]) => name !== 'DELETE /session');
  test.each(rows)('%s', async (name, row) => {
    const [method = '', path = ''] = name.split(' ');
    const address = ADDRESSES[name] ?? path;
    const got: Partial<Record<Role, number>> = {};
    for (const role of ROLES)
      got[role] = (
        await ask(method, `/api/v1${address}`, cookies.get(role) ?? null, {}, BODIES[name])
      ).status;
    expect(got).toEqual(rowOf(row));
  });

  test.each(Object.entries(OTHER_MATRIX))('%s', async (name, row) => {
    const [method = '', path = ''] = name.split(' ');
    const got: Partial<Record<Role, number>> = {};
    for (const role of ROLES) {
      const more = method === 'PUT' ? { origin: 'https://elsewhere.example' } : {};
      got[role] = (await ask(method, path, cookies.get(role) ?? null, more)).status;
    }
    expect(got).toEqual(rowOf(row));
  });

  test.each(Object.keys(BODIES))('%s from another origin is refused, also to HR', async (name) => {
    const more = { origin: 'https://elsewhere.example' };
    const path = `/api/v1${ADDRESSES[name] ?? name.split(' ')[1]}`;
    const answer = await ask('POST', path, cookies.get('hrAdmin') ?? null, more, BODIES[name]);
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([403, { code: 'request.origin' }]);
  });

  test('DELETE /session ends the session of whoever asks', async () => {
    const got: Partial<Record<Role, number>> = {};
    for (const role of ROLES) {
      const isOver = role === 'anonymous' || role === 'leaver' || role === 'expired';
      const cookie = isOver ? (cookies.get(role) ?? null) : await signIn(house, PEOPLE[role]);
      got[role] = (await ask('DELETE', '/api/v1/session', cookie)).status;
      if (!isOver) expect((await ask('GET', '/api/v1/session', cookie)).status).toBe(401);
    }
    expect(got).toEqual(rowOf(API_MATRIX['DELETE /session'] as Row));
  });
});

describe('what is not one’s own', () => {
  const cyclesWithEverybody = (cycleId: string, userId: string): string[] => [
    `/api/v1/cycles/${cycleId}/people/${userId}`,
    `/api/v1/cycles/${cycleId}/people/${userId}/evidence?metric=satisfaction_avg`,
    `/api/v1/cycles/${cycleId}/people/${userId}/file`,
  ];

  test.each(['employee', 'manager', 'auditor', 'hrOutOfScope', 'leaver'] as const)(
    'no id of a person answers %s with 200',
    async (role) => {
      const statuses = new Set<number>();
      for (const userId of [...everybody, 'nobody'])
        for (const path of cyclesWithEverybody(CYCLE_ID, userId)) {
          const { status, text } = await asked(role, path);
          statuses.add(status);
          expect(text).not.toMatch(/Hundredths|张三|王五/);
        }
      const expected = { hrOutOfScope: 404, leaver: 401 }[role as string] ?? 403;
      expect([...statuses]).toEqual([expected]);
    },
  );

  test('HR reads the people of its departments, and no other id tells whether it exists', async () => {
    const second = await signIn(house, HR_SECOND_TEAM);
    const mine = EXPECTED_PEOPLE.filter((person) => person.team === '销售二部').map(
      (person) => person.userid,
    );
    const readable: string[] = [];
    const refusals = new Set<string>();
    for (const userId of [...everybody, 'nobody']) {
      const { status, text } = await ask('GET', `/api/v1/cycles/${CYCLE_ID}/people/${userId}`, second);
      if (status === 200) readable.push(userId);
      else refusals.add(`${status} ${(JSON.parse(text) as { code: string }).code}`);
    }
    expect(readable.sort()).toEqual([...mine].sort());
    expect([...refusals]).toEqual(['404 cycle.person_not_found']);
  });

  test('lists and counts hold nobody else', async () => {
    const second = await signIn(house, HR_SECOND_TEAM);
    const path = `/api/v1/cycles/${CYCLE_ID}`;
    const board = JSON.parse((await ask('GET', path, second)).text) as Board;
    const expected = { transition: 0, train: 0, reassign: 0 };
    for (const person of EXPECTED_PEOPLE) if (person.team === '销售二部') expected[person.tier] += 1;
    expect(board).toMatchObject({
      people: 11,
      counts: { ...expected, insufficientData: 0, later: 0, left: 0 },
    });
    const people = JSON.parse((await ask('GET', `${path}/people`, second)).text) as People;
    expect([people.rows, people.departments]).toEqual([11, ['销售二部']]);
    expect(people.columns.userId).not.toContain('zhangsan');
    expect(JSON.parse((await asked('hrOutOfScope', '/api/v1/cycles')).text)).toEqual({ cycles: [] });
  });

  test('a line of another person opens nothing', async () => {
    const [line] = (
      JSON.parse((await asked('employee', '/api/v1/me/statement?period=2026Q3')).text) as {
        groups: { lines: { id: string }[] }[];
      }
    ).groups.flatMap((group) => group.lines);
    const address = `/statement/lines/${encodeURIComponent(line?.id ?? '')}?period=2026Q3`;
    expect((await asked('employee', address)).text).toContain('role="dialog"');
    const other = await asked('other', address);
    expect(other.text).not.toMatch(/role="dialog"|恒远医疗/);
  });
});

describe('by the modules themselves, whoever calls them', () => {
  /** Userids whose document the viewer gets. */
  async function readableBy(viewer: Viewer, work: (userId: string) => Promise<unknown>): Promise<string[]> {
    const found: string[] = [];
    for (const userId of everybody)
      await work(userId).then(
        () => found.push(userId),
        (error: { code?: string }) => expect(error.code).toMatch(/not_found$/),
      );
    return found.sort();
  }
  const team = (name?: string): string[] =>
    EXPECTED_PEOPLE.filter((person) => name === undefined || person.team === name).map(
      ({ userid }) => userid,
    );
  const scored = (...userIds: string[]): string[] =>
    userIds.filter((userId) => userId in EXPECTED_PREVIOUS.scores).sort();
  const all = Object.keys(EXPECTED_PREVIOUS.scores).sort();

  test.each<[string, () => string[]]>([
    ['zhangsan', () => ['zhangsan']],
    ['mgr01', () => scored(...team('销售一部'))],
    ['mgr02', () => scored(...team('销售二部'), 'jinhao')],
    ['hr01', () => all],
    [HR_SECOND_TEAM, () => scored(...team('销售二部'), 'jinhao')],
    ['hr03', () => []],
    ['hr02', () => all],
    ['aud01', () => []],
    ['fengtao', () => []],
  ])('a published score: %s', async (userId, expected) => {
    const viewer = await app.viewerOfEmployee(userId);
    const subject = { period: quarter(EXPECTED_PREVIOUS.period), role: 'large_account' } as const;
    const got = await readableBy(viewer, (of) =>
      app.modules.cycle.explain(viewer, { ...subject, userId: of }),
    );
    expect(got).toEqual(expected());
  });

  test.each<[string, () => string[]]>([
    ['zhangsan', () => ['zhangsan']],
    ['mgr01', () => []],
    [HR_SECOND_TEAM, () => team('销售二部').sort()],
    ['hr03', () => []],
    ['aud01', () => []],
    ['fengtao', () => []],
  ])('a statement: %s', async (userId, expected) => {
    const viewer = await app.viewerOfEmployee(userId);
    const got = (
      await readableBy(viewer, (of) =>
        app.modules.incentive.explain(viewer, { userId: of, period: quarter('2026Q3') }),
      )
    ).filter((id) => id !== 'jinhao');
    expect(got).toEqual(expected());
  });
});

describe('signing in', () => {
  const signInWith = (body: object, headers: object = {}): Promise<Response> =>
    fetch(`${house.appUrl}/api/v1/session`, {
      method: 'POST',
      headers: { origin: house.appUrl, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const codeOf = async (userId: string): Promise<string> =>
    (await control<{ authCode: string }>(house, '/login', { userId })).authCode;
  const refusal = async (answer: Response): Promise<string> =>
    `${answer.status} ${((await answer.json()) as { code: string }).code}`;
  const corpId = 'dingdemo';

  test('a code counts once, and only for this company', async () => {
    const authCode = await codeOf('wangwu');
    expect(await refusal(await signInWith({ corpId: 'dingother', authCode }))).toBe('403 session.wrong_corp');
    expect((await signInWith({ corpId, authCode })).status).toBe(200);
    expect(await refusal(await signInWith({ corpId, authCode }))).toBe('401 session.code_refused');
  });

  test('the cookie is out of reach of scripts and other sites, and its token is nowhere in the database', async () => {
    const answer = await signInWith({ corpId, authCode: await codeOf('wangwu') });
    const [cookie = ''] = answer.headers.getSetCookie();
    const [pair = '', ...attributes] = cookie.split('; ');
    expect(attributes.filter((one) => !one.startsWith('Max-Age='))).toEqual([
      'Path=/',
      'HttpOnly',
      'Secure',
      'SameSite=None',
      'Partitioned',
    ]);
    const [name, token = ''] = pair.split('=');
    expect(name).toBe(house.env['SHIGANG_COOKIE_NAME']);
    expect(token.length).toBeGreaterThanOrEqual(43);
    const stored = await house.db.select('SELECT token_hash FROM sessions WHERE token_hash = ?', [token]);
    expect(stored).toEqual([]);
    expect(answer.headers.get('cache-control')).toContain('no-store');
  });

  test('writing from another origin, or from none, is refused before anything else', async () => {
    const authCode = await codeOf('wangwu');
    const cookie = await signIn(house, 'zhaomin');
    for (const origin of ['https://elsewhere.example', 'null']) {
      expect(await refusal(await signInWith({ corpId, authCode }, { origin }))).toBe('403 request.origin');
      const out = await ask('DELETE', '/api/v1/session', cookie, { origin });
      expect(out.status).toBe(403);
    }
    const headers = { 'content-type': 'application/json', cookie };
    const none = await fetch(`${house.appUrl}/api/v1/session`, { method: 'DELETE', headers });
    expect(none.status).toBe(403);
    expect((await ask('GET', '/api/v1/session', cookie)).status).toBe(200);
    expect((await signInWith({ corpId, authCode })).status).toBe(200);
  });

  test('signing in again ends the session that the browser held', async () => {
    const held = await signIn(house, 'sunhao');
    const answer = await signInWith({ corpId, authCode: await codeOf('sunhao') }, { cookie: held });
    expect(answer.status).toBe(200);
    expect((await ask('GET', '/api/v1/session', held)).status).toBe(401);
  });

  test('who has left is out at once, and gets no new session with a code from before', async () => {
    const authCode = await codeOf('weidong');
    const cookie = await signIn(house, 'weidong');
    expect((await ask('GET', '/api/v1/me/home', cookie)).status).toBe(200);
    await control(house, '/org', { op: 'leave', employee: { userid: 'weidong', leftOn: '2026-10-11' } });
    await house.run('sync');
    expect((await ask('GET', '/api/v1/me/home', cookie)).status).toBe(401);
    expect((await ask('GET', '/', cookie)).text).not.toMatch(/卫东|65\.12/);
    const late = await refusal(await signInWith({ corpId, authCode }));
    expect(late).toMatch(/^(401 session\.code_refused|403 session\.not_employee)$/);
    const [open] = await house.db.select<{ n: number }>(
      "SELECT COUNT(*) AS n FROM sessions WHERE user_id = 'weidong' AND revoked_at IS NULL",
    );
    expect(Number(open?.n)).toBe(0);
  });
});

describe('headers and the log', () => {
  test('pages carry a policy without inline script, and nothing private is stored on the way', async () => {
    for (const path of ['/', '/statement?period=2026Q3', '/match?period=2026Q3']) {
      const { headers } = await asked('employee', path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('cache-control')).toBe('private, no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
    }
    expect((await asked('hrInScope', '/desk')).headers.get('content-security-policy')).not.toContain(
      "script-src 'self' 'unsafe",
    );
  });

  test('health, metrics and errors tell nothing about people', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics', '/api/openapi.json'])
      expect((await asked('anonymous', path)).text).not.toMatch(/zhangsan|张三|2026Q3-/);
    const broken = await asked('employee', '/api/v1/me/statement?period=1;DROP');
    expect([broken.status, broken.text.includes('at ')]).toEqual([422, false]);
  });

  test('reading another person leaves a row, reading oneself none, and the chain is whole', async () => {
    const path = `/api/v1/cycles/${CYCLE_ID}/people/chenchen`;
    const reads = async (actor: string): Promise<Read[]> =>
      house.db.select<Read>(
        `SELECT action, subject_id FROM audit_log WHERE actor = ? AND action LIKE '%.read' ORDER BY seq`,
        [actor],
      );
    const before = (await reads('hr01')).length;
    await asked('hrInScope', path);
    await asked('hrInScope', `${path}/evidence?metric=renewal_rate`);
    await asked('hrOutOfScope', path);
    expect((await reads('hr01')).slice(before)).toEqual([
      { action: 'match.read', subject_id: 'chenchen' },
      { action: 'evidence.read', subject_id: 'chenchen' },
    ]);
    expect(await reads('hr03')).toEqual([]);
    expect(await reads('zhangsan')).toEqual([]);
    const { rows, brokenAt } = await app.audit.verify(house.db);
    expect(brokenAt).toBeNull();
    expect(rows).toBeGreaterThan(50);
    await house.db.execute("UPDATE audit_log SET subject_id = 'lisi' WHERE seq = 7");
    expect(await app.audit.verify(house.db)).toMatchObject({ brokenAt: 7 });
  });
});

interface Board {
  readonly people: number;
  readonly counts: Readonly<Record<string, number>>;
}
interface People {
  readonly rows: number;
  readonly departments: readonly string[];
  readonly columns: { readonly userId: readonly string[] };
}
interface Read {
  readonly action: string;
  readonly subject_id: string;
}
