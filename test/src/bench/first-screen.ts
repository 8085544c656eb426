import { chromium, devices, type Browser } from 'playwright-core';
import { buildMiniapp, readManifest, startFixtureServer } from '../screens/fixture-server.ts';
import { until } from '../harness/until.ts';
import { startBaselineServer } from './first-screen/baseline-server.ts';

/** Time until the amount is on screen, staff home on a phone, against React + antd-mobile rendered in the browser. */
const AMOUNT = '9,300.00';
const RUNS = 5;
/** A phone on a slow network: 150 ms, 1.6 Mbit/s down, CPU four times slower. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const CPU_SLOWDOWN = 4;

/**
 * Runs in the page before anything else: DingTalk's Android bridge, and a clock that stops when the amount is painted. A
 * text, since the loader of this file would put helpers of its own into a function.
 */
const WATCH = `
  window.nuva = { isReady: true, require: () => (onOk) => onOk({ code: 'bench-code' }) };
  (function look() {
    if (document.body && document.body.innerText.includes('${AMOUNT}')) window.amountAt = performance.now();
    else requestAnimationFrame(look);
  })();
`;

async function amountAfter(browser: Browser, origin: string): Promise<number> {
  const { defaultBrowserType: _type, ...phone } = devices['Pixel 5'];
  const userAgent = `${phone.userAgent} AliApp(DingTalk/7.6.15) com.alibaba.android.rimet/0`;
  const context = await browser.newContext({ ...phone, userAgent, locale: 'zh-CN' });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', NETWORK);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await page.addInitScript(WATCH);
  await page.goto(`${origin}/`);
  // Asked from outside: the page's own policy forbids the evaluation of texts that a wait inside it needs.
  // Between two documents (first visit) there is nobody to ask.
  const ms = await until('the amount on screen', () =>
    page.evaluate<number | undefined>('window.amountAt').catch(() => undefined),
  );
  await context.close();
  return ms;
}

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function compare(browser: Browser, isSignedIn: boolean) {
  const ours = await startFixtureServer({ isSignedIn });
  const baseline = await startBaselineServer({ isSignedIn });
  const times = { ours: [] as number[], baseline: [] as number[] };
  for (let run = -1; run < RUNS; run += 1) {
    const base = await amountAfter(browser, baseline.origin);
    const own = await amountAfter(browser, ours.origin);
    if (run < 0) continue;
    times.baseline.push(base);
    times.ours.push(own);
  }
  await Promise.all([ours.close(), baseline.close()]);
  const [oursMs, baselineMs] = [median(times.ours), median(times.baseline)].map(Math.round) as [
    number,
    number,
  ];
  return {
    oursMs,
    baselineMs,
    ratio: Math.round((oursMs / baselineMs) * 1_000) / 1_000,
    bar: isSignedIn ? 0.4 : 0.55,
    baselineScriptGzipKb: Math.round(baseline.scriptGzipBytes / 102.4) / 10,
  };
}

const gzipKb = (entry: 'staff' | 'login'): number => {
  const { entries, files } = readManifest();
  return Math.round(entries[entry].reduce((sum, file) => sum + (files[file]?.gzip ?? 0), 0) / 102.4) / 10;
};

async function main(): Promise<void> {
  buildMiniapp();
  const own = JSON.parse(process.env['TEST_CHROME_ENV'] ?? '{}') as Record<string, string>;
  const browser = await chromium.launch({
    ...(process.env['TEST_CHROME_PATH'] ? { executablePath: process.env['TEST_CHROME_PATH'] } : {}),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    env: { ...(process.env as Record<string, string>), ...own },
  });
  const withSession = await compare(browser, true);
  const firstVisit = await compare(browser, false);
  await browser.close();
  const document = {
    name: 'first-screen',
    runs: RUNS,
    withSession: { ...withSession, scriptKbBeforeContent: 0 },
    firstVisit: { ...firstVisit, scriptKbBeforeContent: gzipKb('login') },
  };
  process.stdout.write(`${JSON.stringify(document)}\n`);
}

await main();
