import vm from 'node:vm';
import { bridgeScript, injectScript } from './bridge-script.ts';
import { CookieJar } from './cookie-jar.ts';
import { unwrapLink } from './links.ts';
import { adjustPolicy } from './security-headers.ts';

describe('links', () => {
  const page = 'https://hr.example.com/desk/1?a=b';
  const wrap = (query: string) => `dingtalk://dingtalkclient/page/link?${query}`;

  test.each<[string, string, 'phone' | 'pc', { url: string; isSlide: boolean }]>([
    ['a plain one', page, 'phone', { url: page, isSlide: false }],
    ['page/link', wrap(`url=${encodeURIComponent(page)}&pc_slide=true`), 'pc', { url: page, isSlide: true }],
    [
      'openapp',
      `dingtalk://dingtalkclient/action/openapp?corpid=c&redirect_url=${encodeURIComponent(page)}`,
      'pc',
      { url: page, isSlide: false },
    ],
    [
      'one per platform',
      `dingtalk://dingtalkclient/action/open_platform_link?pcLink=${encodeURIComponent(page)}&mobileLink=${encodeURIComponent('https://hr.example.com/m')}`,
      'phone',
      { url: 'https://hr.example.com/m', isSlide: false },
    ],
    [
      'one inside another',
      wrap(`url=${encodeURIComponent(wrap(`url=${encodeURIComponent(page)}`))}`),
      'phone',
      { url: page, isSlide: false },
    ],
    [
      'the placeholder of the organisation',
      'https://hr.example.com/?corpid=$CORPID$',
      'phone',
      { url: 'https://hr.example.com/?corpid=dingdemo', isSlide: false },
    ],
  ])('%s', (_name, link, form, expected) => expect(unwrapLink(link, form, 'dingdemo')).toEqual(expected));
});

describe('the cookie jar', () => {
  test('keeps, replaces, forgets, and minds the path', () => {
    const jar = new CookieJar();
    jar.keep(['sid=1; Path=/; HttpOnly; Secure; SameSite=None; Partitioned', 'deep=2; Path=/api'], 0);
    expect(jar.header('/', 0)).toBe('sid=1');
    expect(jar.header('/api/v1', 0)).toBe('deep=2; sid=1');
    expect(jar.header('/apis', 0)).toBe('sid=1');
    jar.keep(['sid=3; Max-Age=10; Path=/'], 1_000);
    expect(jar.header('/', 10_999)).toBe('sid=3');
    expect(jar.header('/', 11_001)).toBeUndefined();
    jar.keep(['sid=4; Path=/', 'sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT'], 20_000);
    expect(jar.header('/', 20_000)).toBeUndefined();
  });
});

describe('the policy of a page', () => {
  const adjust = (policy: string) =>
    adjustPolicy(policy, { scriptHash: "'sha256-x'", appOrigin: 'https://hr.example.com' });

  test.each([
    ["script-src 'self'", "script-src 'self' 'sha256-x'"],
    ["default-src 'none'", "default-src 'none'; script-src 'sha256-x'; connect-src 'self'"],
    ["script-src 'self' 'unsafe-inline'", "script-src 'self' 'unsafe-inline'"],
    ["script-src 'nonce-a' 'unsafe-inline'", "script-src 'nonce-a' 'unsafe-inline' 'sha256-x'"],
    ['frame-ancestors https://*.dingtalk.com; upgrade-insecure-requests', ''],
    ['connect-src https://hr.example.com', "connect-src 'self'"],
    ["img-src *, script-src 'self'", "img-src *, script-src 'self' 'sha256-x'"],
  ])('%s', (policy, expected) => expect(adjust(policy)).toBe(expected));
});

describe('the script in the page', () => {
  test.each([
    [
      '<!doctype html><html><head lang="zh"><script>1</script>',
      '<head lang="zh"><script>x</script><script>1',
    ],
    ['<!doctype html><p>', '<!doctype html><script>x</script><p>'],
    ['<p>', '<script>x</script><p>'],
  ])('%s', (html, expected) => expect(injectScript(html, 'x')).toContain(expected));
});

interface FakeWindow {
  window: FakeWindow;
  name: string;
  nuva?: { require: () => (...args: unknown[]) => void };
  postMessage: (message: unknown, origin: string) => void;
}

/** Runs the bridge as a page would have it. */
function page(form: 'phone' | 'pc') {
  const heard: unknown[] = [];
  const told: unknown[] = [];
  const navigator = { userAgent: 'plain' };
  const frame = { postMessage: (message: unknown) => told.push(message) };
  const fake = {
    name: 'old',
    parent: frame,
    addEventListener: () => undefined,
    dispatchEvent: (event: { data: unknown }) => heard.push(event.data),
    postMessage: (message: unknown) => heard.push(['posted', message]),
  } as unknown as FakeWindow;
  fake.window = fake;
  const fetched: string[] = [];
  const fetch = async (path: string) => {
    fetched.push(path);
    return { ok: true, json: async () => ({ authCode: 'code-1' }) };
  };
  class MessageEvent {
    readonly data: unknown;
    constructor(_type: string, init: { data: unknown }) {
      this.data = init.data;
    }
  }
  const globals = { window: fake, navigator, fetch, MessageEvent, setTimeout, document: {}, location: {} };
  vm.runInNewContext(bridgeScript({ form, corpId: 'dingdemo' }), globals);
  return { fake, navigator, heard, told, fetched };
}

describe('the bridge', () => {
  test('on the phone: nuva fetches a code, sets titles, refuses what it has not', async () => {
    const { fake, navigator, told, fetched } = page('phone');
    expect(navigator.userAgent).toMatch(/Android.*AliApp\(DingTalk\/[\d.]+\)/);
    const call = (service: string, action: string, params: object) =>
      new Promise((resolve, reject) => fake.nuva?.require()(resolve, reject, service, action, params));
    const permission = 'runtime.permission';
    await expect(call(permission, 'requestAuthCodeV2', { corpId: 'dingdemo' })).resolves.toEqual({
      code: 'code-1',
    });
    await expect(call(permission, 'requestAuthCode', { corpId: 'other' })).rejects.toMatchObject({
      errorCode: '3',
    });
    await call('biz.navigation', 'setTitle', { title: '我的' });
    expect(told).toContainEqual(expect.objectContaining({ kind: 'title', detail: { title: '我的' } }));
    await expect(call('device.nfc', 'read', {})).rejects.toMatchObject({ errorCode: '4060' });
    expect(fetched).toEqual(['/__dingtalk_client__/auth-code']);
  });

  test('on the desktop: messages to the container are answered after they were posted', async () => {
    const { fake, heard } = page('pc');
    const { containerId, hostOrigin } = JSON.parse(fake.name) as { containerId: string; hostOrigin: string };
    const methodName = 'runtime.permission.requestAuthCodeV2';
    fake.postMessage({ type: 'request', msgId: 7, containerId, methodName, body: {} }, hostOrigin);
    fake.postMessage({ type: 'other' }, '*');
    expect(heard).toEqual([['posted', { type: 'other' }]]);
    while (heard.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(heard[1]).toEqual({ type: 'response', msgId: 7, success: true, body: { code: 'code-1' } });
  });
});
