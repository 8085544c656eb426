// `npm test`: installs what is missing, gets MySQL, Redis and Chromium, runs every suite, names the slowest and ends in
// the line `N passed, N failed`. Arguments go to jest; of suites that a path names only those phases run, and only what
// they need is got. `--engine mysql97` (or SHIGANG_ENGINE) runs the suites that touch SQL on the newest MySQL instead of
// the engine found.
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { CLONE_HASH, ROOT, openRunFolder, readText } from './clone.mjs';
import { dropLeftovers } from './databases.mjs';
import { cleanEnv } from './environment.mjs';
import { startWatched } from './processes.mjs';
import { findChromium } from './services/chromium.mjs';
import { isPrivate, openServices } from './services/index.mjs';
import { needsOf, patternsOf, suitesOf } from './tests/suites.mjs';
import { addTimes, readTimes, slowestLines } from './tests/times.mjs';

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
    : [{ projects: ['integration'], options: ['--maxWorkers=3'] }];

let running = null;
let isInterrupted = false;
const interrupt = () => {
  isInterrupted = true;
  void running?.stop();
};
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, interrupt);

const total = { passed: 0, failed: 0 };
const times = [];
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
// `.ci/run` prints the slowest of all its stages.
if (process.env.SHIGANG_CI_TIMES) addTimes(process.env.SHIGANG_CI_TIMES, times);
else for (const line of slowestLines(times)) console.log(line);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

async function testAll() {
  const suites = suitesOf(patternsOf(jestArgs));
  const phases = phaseArguments(suites);
  if (phases.length === 0) return;
  const needs = needsOf(suites);
  await bootstrap({ build: needs.has('build') });
  const folder = openRunFolder();
  let services;
  try {
    const counts = join(folder.path, 'counts');
    const timesFile = join(folder.path, 'times');
    const [opened, browser] = await Promise.all([
      needs.has('servers') ? openServices(folder, { engine, isForTests: true }) : null,
      needs.has('browser') ? findChromium() : null,
    ]);
    services = opened;
    if (services !== null && !isPrivate(services)) await dropLeftovers(services);
    const env = cleanEnv({
      TEST_RUN_ID: CLONE_HASH,
      SHIGANG_TEST_COUNTS: counts,
      SHIGANG_TEST_TIMES: timesFile,
      ...(services === null ? {} : serversEnv(services)),
      ...(browser === null ? {} : browserEnv(browser)),
      ...(engine === undefined ? {} : { SHIGANG_TEST_SQL_ONLY: '1' }),
    });
    for (const args of phases) {
      if (isInterrupted) break;
      await runJest(args, env, counts);
    }
    times.push(...readTimes(timesFile));
  } finally {
    await services?.stop();
    folder.remove();
  }
}

function serversEnv(services) {
  return {
    TEST_DATABASE_URL: services.mysql.url,
    TEST_REDIS_URL: services.redis.url,
    // What they hold goes with them.
    ...(isPrivate(services) ? { TEST_SERVERS: 'private' } : {}),
  };
}

function browserEnv({ executablePath, env }) {
  return { TEST_CHROME_PATH: executablePath, TEST_CHROME_ENV: JSON.stringify(env) };
}

/** Arguments of each jest that has something to do. */
function phaseArguments(suites) {
  if (jestArgs.some((arg) => arg.startsWith('--selectProjects'))) return [[...jestArgs, '--passWithNoTests']];
  return PHASES.filter(({ projects }) => suites.some(({ project }) => projects.includes(project))).map(
    ({ projects, options }) => [
      '--selectProjects',
      ...projects.filter((name) => suites.some(({ project }) => project === name)),
      '--passWithNoTests',
      ...options,
      ...jestArgs,
    ],
  );
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
