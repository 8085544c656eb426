// A Chromium for the tests and the screenshots, with a font that knows Chinese.
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT, readText } from '../clone.mjs';
import { cleanEnv } from '../environment.mjs';
import { findProgram, run } from '../processes.mjs';
import { libraryPath } from './private-servers.mjs';
import { cacheFolder, unpacked, withUnpacked } from './unpack.mjs';

const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];
const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const FONT = 'fonts-wqy-zenhei';
const INSTALL_MS = 15 * 60_000;
/** A cold start from disk took 8 s on a loaded machine. */
const LAUNCH_MS = 60_000;

const CANDIDATES = [
  ['environment', ({ env }) => (env.CHROME_PATH ? withFont(env.CHROME_PATH) : null)],
  ['installed', ({ log }) => installed(log)],
  ['unpacked', ({ log }) => fromPackages(log)],
  ['playwright', ({ log }) => fromPlaywright(log)],
];

/**
 * Finds a Chromium, or fetches one. `SHIGANG_SERVICES` limits the candidates as it does for servers.
 * @returns {Promise<{executablePath: string, env: Record<string, string>, source: string}>}
 */
export async function findChromium({ log = console.log, env = process.env } = {}) {
  const only = env.SHIGANG_SERVICES?.split(',');
  const tried = [];
  for (const [source, find] of CANDIDATES) {
    if (only && !only.includes(source)) continue;
    try {
      const found = await find({ log, env });
      if (found === null) {
        tried.push(`${source}: none`);
        continue;
      }
      log(`Chromium ${await tryChromium(found)} (${source})`);
      return { ...found, source };
    } catch (error) {
      tried.push(`${source}: ${reasonOf(error)}`);
    }
  }
  throw new Error(
    `No usable Chromium (${tried.join('; ')}): install Chromium or Chrome (Debian: chromium ${FONT}), or set CHROME_PATH.`,
  );
}

/** What the browser itself said, where it said something: the launcher knows only that it has ended. */
function reasonOf({ message }) {
  const [, said] = /\[err\] (.*(?:error|cannot).*)/i.exec(message) ?? [];
  return said ?? message.split('\n')[0];
}

/** Launches it and lets it run a script. @returns its version */
async function tryChromium({ executablePath, env }) {
  const { chromium } = createRequire(join(ROOT, 'package.json'))('playwright-core');
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    env: cleanEnv(env),
    timeout: LAUNCH_MS,
  });
  try {
    const page = await browser.newPage();
    if ((await page.evaluate('1 + 1')) !== 2) throw new Error('it does not run scripts');
    return browser.version();
  } finally {
    await browser.close();
  }
}

async function installed(log) {
  const path = findProgram(...NAMES) ?? MAC_APPS.find((app) => existsSync(app));
  return path ? withFont(path, log) : null;
}

/** Adds an unpacked Chinese font where the machine has none; without one the pages would show boxes. */
async function withFont(executablePath, log = () => {}) {
  if (process.platform !== 'linux' || (await hasChineseFont())) return { executablePath, env: {} };
  const folder = await unpacked({ name: 'font', packages: [FONT], log });
  return { executablePath, env: { XDG_DATA_HOME: join(folder, 'usr', 'share') } };
}

async function hasChineseFont() {
  const { code, stdout } = await run('fc-list', [':lang=zh', 'family'], { env: cleanEnv() });
  // Without fc-list nobody can tell; a directory of fonts that are known to have Chinese can.
  if (code !== 0)
    return ['wqy', 'noto-cjk', 'arphic'].some((name) => existsSync(`/usr/share/fonts/truetype/${name}`));
  return stdout.trim() !== '';
}

async function fromPackages(log) {
  if (!/^ID=debian$/m.test(readText('/etc/os-release')))
    throw new Error('only Debian packages Chromium as files');
  return withUnpacked(
    { name: 'chromium', packages: ['chromium', 'chromium-common', FONT], log },
    async (folder) => {
      const found = {
        // The program itself: the wrapper script looks for its parts under /usr.
        executablePath: join(folder, 'usr', 'lib', 'chromium', 'chromium'),
        env: { LD_LIBRARY_PATH: libraryPath(folder), XDG_DATA_HOME: join(folder, 'usr', 'share') },
      };
      await tryChromium(found);
      return found;
    },
  );
}

async function fromPlaywright(log) {
  const browsers = join(cacheFolder(), 'playwright');
  mkdirSync(browsers, { recursive: true });
  const require = createRequire(join(ROOT, 'package.json'));
  const cli = join(require.resolve('playwright-core/package.json'), '..', 'cli.js');
  log('Fetching Playwright’s Chromium …');
  const env = cleanEnv({ PLAYWRIGHT_BROWSERS_PATH: browsers });
  const { code, stderr } = await run(process.execPath, [cli, 'install', 'chromium'], {
    env,
    timeoutMs: INSTALL_MS,
  });
  if (code !== 0) throw new Error(`playwright install failed: ${stderr.trim().split('\n')[0]}`);
  const script = "console.log(require('playwright-core').chromium.executablePath())";
  const { stdout } = await run(process.execPath, ['-e', script], { cwd: ROOT, env });
  return withFont(stdout.trim(), log);
}
