// `npm test`: installs what is missing, gets MySQL, Redis and Chromium, runs every suite and ends in the line
// `N passed, N failed`. Arguments go to jest; `--engine mysql97` (or SHIGANG_ENGINE) runs the suites that touch SQL
// on the newest MySQL instead of the engine found.
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { CLONE_HASH, ROOT, openRunFolder, readText } from './clone.mjs';
import { dropLeftovers } from './databases.mjs';
import { cleanEnv } from './environment.mjs';
import { startWatched } from './processes.mjs';
import { findChromium } from './services/chromium.mjs';
import { openServices } from './services/index.mjs';

const { engine, jestArgs } = readArguments(process.argv.slice(3));

/**
 * Most suites wait for servers, processes and pauses more than they compute, so three of them share two cores well. Those
 * that look at screens come after the others, two at a time: what they wait for is the browser's own work. Asked for an
 * engine, only the suites that touch SQL run.
 */
const PHASES =
  engine === undefined
    ? [
        { projects: ['unit', 'integration'], options: ['--maxWorkers=3'] },
        { projects: ['acceptance', 'screens'], options: ['--maxWorkers=2'] },
      ]
    : [{ projects: ['integration', 'acceptance'], options: ['--maxWorkers=3'] }];

let running = null;
let isInterrupted = false;
const interrupt = () => {
  isInterrupted = true;
  void running?.stop();
};
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, interrupt);

const total = { passed: 0, failed: 0 };
try {
  await testAll();
} catch (error) {
  console.error(error.message);
  total.failed += 1;
}
if (isInterrupted) total.failed += 1;
if (total.passed + total.failed === 0) {
  console.error('No test matched.');
  total.failed = 1;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

async function testAll() {
  await bootstrap();
  const folder = openRunFolder();
  let services;
  try {
    services = await openServices(folder, { engine });
    const chromium = await findChromium();
    await dropLeftovers(services);
    const counts = join(folder.path, 'counts');
    const env = cleanEnv({
      TEST_DATABASE_URL: services.mysql.url,
      TEST_REDIS_URL: services.redis.url,
      TEST_CHROME_PATH: chromium.executablePath,
      TEST_CHROME_ENV: JSON.stringify(chromium.env),
      TEST_RUN_ID: CLONE_HASH,
      SHIGANG_TEST_COUNTS: counts,
      ...(engine === undefined ? {} : { SHIGANG_TEST_SQL_ONLY: '1' }),
    });
    for (const args of phaseArguments()) {
      if (isInterrupted) break;
      await runJest(args, env, counts);
    }
    await dropLeftovers(services);
  } finally {
    await services?.stop();
    folder.remove();
  }
}

function phaseArguments() {
  if (jestArgs.some((arg) => arg.startsWith('--selectProjects'))) return [[...jestArgs, '--passWithNoTests']];
  return PHASES.map(({ projects, options }) => [
    '--selectProjects',
    ...projects,
    '--passWithNoTests',
    ...options,
    ...jestArgs,
  ]);
}

async function runJest(args, env, counts) {
  const before = readCounts(counts).length;
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  running = startWatched({ command: process.execPath, args: [jest, ...args], cwd: ROOT, env });
  const code = await running.exited;
  running = null;
  const [count] = readCounts(counts).slice(before);
  total.passed += count?.passed ?? 0;
  total.failed += count?.failed ?? 0;
  // jest can fail without a failed test, e.g. by a threshold, or end before it has counted anything.
  if (code !== 0 && !count?.failed) total.failed += 1;
}

function readCounts(file) {
  const lines = readText(file).split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}

function readArguments(args) {
  const at = args.indexOf('--engine');
  const named = at === -1 ? process.env.SHIGANG_ENGINE : args[at + 1];
  if (named !== undefined && named !== '' && named !== 'mysql97') {
    console.error(`Unknown engine ${named}: only mysql97 can be asked for.`);
    console.log('0 passed, 1 failed');
    process.exit(2);
  }
  return { engine: named || undefined, jestArgs: at === -1 ? args : args.toSpliced(at, 2) };
}
