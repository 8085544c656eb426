import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';
import { DingTalkCaller } from '../testing/dingtalk-caller.ts';
import { AUTH_CODE_PATH } from './bridge-script.ts';

/** A small product: logs in by code, keeps a session cookie, refuses strange origins, and guards its pages. */
class SmallProduct {
  readonly seen: IncomingHttpHeaders[] = [];
  readonly #sessions = new Map<string, string>();
  readonly #server: Server;
  caller: DingTalkCaller | undefined;

  constructor() {
    const app = new Koa();
    const router = new Router();
    router.post('/session', async (ctx) => {
      if (ctx.get('origin') !== this.origin) ctx.throw(403);
      const { code } = ctx.request.body as { code: string };
      const answer = await this.caller?.post('/topapi/v2/user/getuserinfo', { code });
      const id = `s${this.#sessions.size}`;
      this.#sessions.set(id, (answer?.body.result as { userid: string }).userid);
      ctx.set('set-cookie', `sid=${id}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned`);
      ctx.body = {};
    });
    router.get('/me', (ctx) => {
      this.seen.push(ctx.headers);
      ctx.body = { userid: this.#sessions.get(ctx.cookies.get('sid') ?? '') ?? null };
    });
    router.get('/packed', (ctx) => {
      ctx.type = 'html';
      ctx.set('content-encoding', 'gzip');
      ctx.body = gzipSync('<!doctype html><html><head></head><body>页面</body></html>');
    });
    router.get('/away', (ctx) => ctx.redirect(`${this.origin}/page?x=1`));
    router.get('/page', (ctx) => {
      this.seen.push(ctx.headers);
      ctx.set('content-security-policy', "default-src 'self'; frame-ancestors https://*.dingtalk.com");
      ctx.set('x-frame-options', 'DENY');
      ctx.type = 'html';
      ctx.body = '<!doctype html><html><head><title>适岗</title></head><body>页面</body></html>';
    });
    app.use(bodyParser());
    app.use(router.routes());
    this.#server = createServer(app.callback() as (...args: unknown[]) => void);
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const product = new SmallProduct();
let caller: DingTalkCaller;

beforeAll(async () => {
  await product.start();
  caller = await DingTalkCaller.start({ appUrl: product.origin });
  product.caller = caller;
});
afterAll(async () => {
  await caller.simulator.close();
  await product.stop();
});

/** What the browser at the person's frame does: the bridge's code, then the session. */
async function openAs(userId: string, link?: string) {
  const { body } = await caller.control('POST', '/open', { userId, link });
  const { origin } = new URL(String(body.url));
  const headers = { origin, 'content-type': 'application/json' };
  const answer = await fetch(origin + AUTH_CODE_PATH, { method: 'POST', headers });
  const { authCode } = (await answer.json()) as { authCode?: string };
  if (authCode !== undefined) {
    await fetch(`${origin}/session`, { method: 'POST', headers, body: JSON.stringify({ code: authCode }) });
  }
  return { origin, form: body.form, url: body.url, status: answer.status };
}
const me = async (origin: string): Promise<unknown> => (await fetch(`${origin}/me`)).json();

test('two people open at once stay two people', async () => {
  const zhangsan = await openAs('zhangsan');
  const lisi = await openAs('lisi');
  expect(zhangsan.origin).not.toBe(lisi.origin);
  expect(await me(zhangsan.origin)).toEqual({ userid: 'zhangsan' });
  expect(await me(lisi.origin)).toEqual({ userid: 'lisi' });
  expect(await me(zhangsan.origin)).toEqual({ userid: 'zhangsan' });
  // The browser never sees a cookie: it would belong to 127.0.0.1, whatever the port.
  expect((await fetch(`${zhangsan.origin}/me`)).headers.get('set-cookie')).toBeNull();
});

test('the product sees its own origin and a DingTalk client, and no cookie but its own', async () => {
  const { origin } = await openAs('wangwu');
  await fetch(`${origin}/me`, { headers: { cookie: 'other=1', referer: `${origin}/page` } });
  const headers = product.seen.at(-1);
  expect(headers).toMatchObject({
    host: new URL(product.origin).host,
    referer: `${product.origin}/page`,
    cookie: expect.stringMatching(/^sid=s\d+$/),
    'user-agent': expect.stringMatching(/Android.*AliApp\(DingTalk/),
  });
});

test('pages carry the bridge, may be framed, and redirects stay on the person’s origin', async () => {
  const { origin } = await openAs('zhangsan');
  const answer = await fetch(`${origin}/page`, { headers: { accept: 'text/html' } });
  expect(await answer.text()).toMatch(/<head><script>[\s\S]*nuva[\s\S]*<\/script><title>适岗/);
  expect(answer.headers.get('x-frame-options')).toBeNull();
  expect(answer.headers.get('content-security-policy')).toMatch(
    /^default-src 'self'; script-src 'self' 'sha256-[^']+'; connect-src 'self'$/,
  );
  const packed = await fetch(`${origin}/packed`);
  expect(await packed.text()).toMatch(/<head><script>[\s\S]*页面/);
  const away = await fetch(`${origin}/away`, { redirect: 'manual' });
  expect(away.headers.get('location')).toBe(`${origin}/page?x=1`);
});

test('HR opens on the desktop, staff on the phone, wrapped links lead to the same origin', async () => {
  const link = `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent(`${product.origin}/page?q=1`)}`;
  const hr = await openAs('hr01', link);
  expect(hr).toMatchObject({ form: 'pc', url: `${hr.origin}/page?q=1` });
  expect((await openAs('zhangsan', link)).form).toBe('phone');
  const own = await openAs('hr01', `${hr.origin}/page?q=2`);
  expect(own.url).toBe(`${hr.origin}/page?q=2`);
  const other = await caller.control('POST', '/open', {
    userId: 'hr01',
    link: 'https://elsewhere.example/x',
  });
  expect(other.body).toEqual({ url: 'https://elsewhere.example/x', form: 'pc', isApp: false });
});

test('codes are for the page itself and for people in service', async () => {
  const { origin } = await openAs('fengtao');
  const foreign = await fetch(origin + AUTH_CODE_PATH, { method: 'POST' });
  expect(foreign.status).toBe(403);
  await caller.control('POST', '/org', { op: 'leave', employee: { userid: 'fengtao' } });
  const headers = { origin, 'content-type': 'application/json' };
  expect((await fetch(origin + AUTH_CODE_PATH, { method: 'POST', headers })).status).toBe(403);
  expect((await caller.control('POST', '/open', { userId: 'fengtao' })).status).toBe(404);
});

test('a product that does not answer is told in words; without an address the first link gives it', async () => {
  const alone = await DingTalkCaller.start();
  expect((await alone.control('POST', '/open', { userId: 'hr01' })).status).toBe(409);
  const gone = new SmallProduct();
  await gone.start();
  const { origin } = gone;
  await gone.stop();
  expect(gone.seen).toEqual([]);
  const { body } = await alone.control('POST', '/open', { userId: 'hr01', link: `${origin}/page` });
  const answer = await fetch(String(body.url));
  expect(answer.status).toBe(502);
  expect(await answer.text()).toContain('应用没有应答');
  expect((await alone.control('POST', '/app', { url: 'ftp://x' })).status).toBe(400);
  await alone.simulator.close();
});
