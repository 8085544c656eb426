// `npm run screens`, while a plain demo of this clone runs: takes the README's pictures through the simulator's fake
// client. `npm run screens -- review`, while `npm run demo -- --review` runs: those of deciding and publishing (decide
// before anything is decided, preview once everybody is); names behind it choose some of them.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL, ROOT, readText } from './clone.mjs';
import { findChromium } from './services/chromium.mjs';

const FOLDER = join(ROOT, 'docs', 'screens');
const PHONE = { width: 375, height: 812 };
const DESK = { width: 1440, height: 900 };
const SETTLE_MS = 2_500;

/** Name of the picture, whose eyes, address below PUBLIC_URL, window, what must be there, and what is clicked before. */
const PICTURES = [
  { name: 'staff-home', userId: 'zhangsan', path: '/', window: PHONE },
  { name: 'statement', userId: 'zhangsan', path: '/statement', window: PHONE },
  {
    name: 'statement-line',
    userId: 'zhangsan',
    path: '/statement',
    window: PHONE,
    click: 'text=恒远医疗 · 年度综合服务合同',
  },
  { name: 'match', userId: 'zhangsan', path: '/match', window: PHONE },
  { name: 'desk', userId: 'hr01', path: '/desk', window: DESK, click: 'text=张三' },
  { name: 'development', userId: 'zhangsan', path: '/development', window: PHONE, shows: 'text=发送回复' },
  { name: 'reply', userId: 'zhangsan', path: '/development', window: PHONE, click: 'text=我愿意' },
  { name: 'team', userId: 'mgr01', path: '/team', window: PHONE, shows: 'text=等你审批' },
  {
    name: 'file',
    userId: 'hr01',
    path: '/desk/cycles/2026Q3-large_account/people/zhangsan/file',
    window: DESK,
  },
];
/** Before publication. */
const OF_REVIEW = [
  {
    name: 'decide',
    userId: 'hr01',
    path: '/desk/cycles/2026Q3-large_account?person=shenyue',
    window: DESK,
    shows: 'text=你的决定',
  },
  {
    name: 'preview',
    userId: 'hr01',
    path: '/desk/cycles/2026Q3-large_account/publish',
    window: DESK,
    shows: 'text=发布给',
  },
];

const env = Object.fromEntries(
  readText(join(LOCAL, 'env'))
    .split('\n')
    .map((line) => line.split(/=(.*)/s))
    .filter(([name]) => name),
);
if (!env.PUBLIC_URL) {
  console.error('No demo of this clone is running: start "npm run demo" in another terminal first.');
  process.exit(1);
}
if (!existsSync(FOLDER)) mkdirSync(FOLDER, { recursive: true });

const { chromium } = await import('playwright-core');
const found = await findChromium();
const browser = await chromium.launch({
  executablePath: found.executablePath,
  env: { ...process.env, ...found.env },
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  const [when, ...names] = process.argv.slice(2);
  const isReview = when === 'review';
  const pictures = (isReview ? OF_REVIEW : PICTURES).filter(
    ({ name }) => names.length === 0 || names.includes(name),
  );
  for (const picture of pictures) await take(picture);
  if (!isReview) await takeConsole();
} finally {
  await browser.close();
}

async function take({ name, userId, path, window, shows, click }) {
  const page = await openPage(window);
  await page.goto((await open(userId, env.PUBLIC_URL + path)).url);
  if (shows) await page.locator(shows).first().waitFor();
  await page.waitForTimeout(SETTLE_MS);
  if (click) {
    await page.click(click);
    await page.waitForTimeout(SETTLE_MS);
  }
  await save(page, name);
}

async function takeConsole() {
  const page = await openPage(DESK);
  await page.goto(`${env.DINGTALK_OAPI_BASE}/`);
  await page.click('text=周敏');
  await page.waitForTimeout(SETTLE_MS);
  await page.click('text=查看名单');
  await page.waitForTimeout(2 * SETTLE_MS);
  await save(page, 'console');
}

async function openPage(viewport) {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  return context.newPage();
}

async function open(userId, link) {
  const response = await fetch(`${env.DINGTALK_OAPI_BASE}/_sim/open`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId, link }),
  });
  return response.json();
}

async function save(page, name) {
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  console.log(`docs/screens/${name}.png`);
  await page.context().close();
}
