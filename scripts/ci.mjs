// What `.ci/run` does: everything that has to hold before a change lands, in twenty minutes on two cores (CONTRIBUTING.md
// says how long each part may take). What would take hours runs as a seeded slice here and in full under `npm run proof`.
// Ends in one line `N passed, N failed`. `.ci/run demo user` runs some stages alone, `.ci/run --serial` none beside another.
//
// What each stage proves, and why it is done once:
//   test    every suite on the engine found, among them the slices of the proofs
//   build   the build that a release is made of
//   check   the sources; beside the demo, which mostly waits for processes to start
//   demo    the README's command tells the whole story to its end and leaves nothing behind
//   npm     the lock file with the oldest npm
//   mysql   what speaks SQL, on the newest MySQL; screens and stories are the same on any engine
//   user    the README's two commands in a fresh clone by somebody without rights, servers unpacked into the home: the demo
//           until Ctrl-C and one story of the acceptance suite through processes, DingTalk and Chromium. Which rights a
//           process has shows in these; the other suites ran as root. Beside `mysql`, which has servers of its own.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOCAL, ROOT, readText } from './clone.mjs';
import { cleanEnv } from './environment.mjs';
import { commandLineOf, findProgram, run, until } from './processes.mjs';
import { readTimes, slowestLines } from './tests/times.mjs';

const isRoot = process.getuid?.() === 0;
const hasNewestMysql = process.platform === 'linux' && process.arch === 'x64';
/** The oldest npm that the lock file and the bootstrap must work with. */
const OLD_NPM = '10.8';
const OLD_NPM_CI = ['npx', '--yes', `npm@${OLD_NPM}`, 'ci', '--dry-run', '--ignore-scripts'];
const DEMO_LINES = [
  '分层 5 / 8 / 7',
  '张三 ¥9,300.00（原方案 ¥1,500.00）',
  '双方同意并生效 1 人：张三（2026-11-01 起）',
  '钉钉人事调动 1 笔：张三 → 大客户部',
  '退回 HR、保持现岗 7 人：王五、赵敏、孙浩、周婷、沈悦、秦川、许强',
  '张三 2026-11-03 的成交按大客户激励方案：¥1,440.00',
];

/** Also of a fresh clone, which installs, builds and fetches servers first; a loaded machine is slow. */
const DEMO_MS = 15 * 60_000;

/** One of the stories: by command line, server and worker to the phone in Chromium. */
const USER_SUITE = 'test/src/acceptance/figure-story';

const total = { passed: 0, failed: 0 };
const durations = [];
const timesFile = join(LOCAL, `ci-times-${process.pid}`);
mkdirSync(LOCAL, { recursive: true });
const here = { cwd: ROOT, env: cleanEnv({ CI: 'true', SHIGANG_CI_TIMES: timesFile }) };

/** Groups in their order; the stages of a group run beside each other. */
const GROUPS = [
  { test: ['npm test', (show) => counted(['npm', 'test'], here, show)] },
  { build: ['build', () => succeeds(['npm', 'run', 'build'], here)] },
  {
    demo: ['demo -- --once', (show) => demo(here, show)],
    check: ['checks', (show) => counted(['npm', 'run', 'check'], here, show)],
  },
  { npm: [`lock file with npm ${OLD_NPM}`, () => succeeds(OLD_NPM_CI, here)] },
  {
    mysql: ['SQL suites on the newest MySQL', (show) => sqlOnNewestMysql(show)],
    user: ['as an ordinary user', (show) => asOrdinaryUser(show)],
  },
];

const options = process.argv.slice(3);
const wanted = options.filter((option) => option !== '--serial');
const unknown = wanted.filter((id) => !GROUPS.some((group) => id in group));
if (unknown.length > 0) {
  console.error(`Unknown stage ${unknown.join(', ')}: ${GROUPS.flatMap(Object.keys).join(', ')}.`);
  process.exit(2);
}
for (const group of GROUPS) {
  const stages = Object.entries(group).filter(([id]) => wanted.length === 0 || wanted.includes(id));
  if (options.includes('--serial')) for (const [, it] of stages) await stage(it, console.log);
  else await Promise.all(stages.map(([, it]) => stage(it, stages.length === 1 ? console.log : null)));
}
console.log(`\n${slowestLines(readTimes(timesFile), 15).join('\n')}`);
rmSync(timesFile, { force: true });
for (const [name, seconds] of durations) console.log(`${String(seconds).padStart(6)} s  ${name}`);
console.log(`${String(Math.round(performance.now() / 1000)).padStart(6)} s  in all`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

/**
 * Runs one stage; what it counts is added up, and an error counts as one failure.
 * @param show prints at once; null: another stage runs beside it, so that it is printed when it has ended
 */
async function stage([name, work], show) {
  const startedAt = performance.now();
  const kept = [];
  const say = show ?? ((text) => kept.push(text));
  say(`\n=== ${name}`);
  try {
    await work(show === null ? say : null);
  } catch (error) {
    total.failed += 1;
    say(`✗ ${error.message}`);
  }
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  durations.push([name, seconds]);
  say(`=== ${name}: ${seconds} s`);
  if (show === null) console.log(kept.join('\n'));
}

/** Runs a command and shows its output: as it comes, or by `show` in the end. */
async function shown(command, args, options, show) {
  const result = await run(command, args, { ...options, echo: show === null });
  show?.(`${result.stdout}${result.stderr}`.trim());
  return result;
}

/** A command whose last line is `N passed, N failed`. */
async function counted([command, ...args], options, show) {
  const { code, stdout } = await shown(command, args, options, show);
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(lastLines(stdout)) ?? [];
  if (passed === undefined)
    throw new Error(`${command} ${args.join(' ')} ended (${code}) without its closing line`);
  total.passed += Number(passed);
  total.failed += Number(failed);
  if (code !== 0 && Number(failed) === 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
}

async function succeeds([command, ...args], options) {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
  total.passed += 1;
}

async function demo(options, show) {
  const { code, stdout, stderr } = await shown('npm', ['run', 'demo', '--', '--once'], options, show);
  if (code !== 0) throw new Error(`the demo ended with ${code}: ${stderr}`);
  const lines = stdout.split('\n');
  const missing = DEMO_LINES.filter((line) => !lines.includes(line));
  if (missing.length > 0) throw new Error(`the demo did not print: ${missing.join(' · ')}`);
  assertNothingLeft(options.cwd);
  total.passed += 1;
}

/** The demo stays up and answers until Ctrl-C; then it ends, and with it every process and port. */
async function demoUntilCtrlC({ cwd, env, uid, gid }) {
  const child = spawn('npm', ['run', 'demo'], {
    ...{ cwd, env, uid, gid },
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.on('exit', resolve));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  try {
    await until(() => output.includes('Stays up') || hasEnded() || undefined, {
      timeoutMs: DEMO_MS,
      everyMs: 200,
      what: 'the demo did not come up',
    });
    const addresses = output.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [];
    if (addresses.length < 2) throw new Error(`the demo named no addresses:\n${output}`);
    for (const address of addresses) await fetch(address);
    process.kill(-child.pid, 'SIGINT');
    await exited;
    for (const address of addresses) {
      if (
        await fetch(address).then(
          () => true,
          () => false,
        )
      )
        throw new Error(`${address} still answers`);
    }
    assertNothingLeft(cwd);
  } finally {
    if (!hasEnded()) process.kill(-child.pid, 'SIGKILL');
  }
  total.passed += 1;
}

/** No process of the clone's command line and no folder of a run is left. */
function assertNothingLeft(clone) {
  const left = (existsSync('/proc') ? readdirSync('/proc') : [])
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => commandLineOf(pid))
    .filter(
      (line) => line.includes(join(clone, 'jobs', 'bin')) || line.includes(join(clone, '.local', 'run-')),
    );
  const files = readdirSync(join(clone, '.local')).filter(
    (name) => name === 'env' || name.startsWith('run-'),
  );
  if (left.length + files.length > 0) throw new Error(`left behind: ${[...left, ...files].join(', ')}`);
}

async function sqlOnNewestMysql(show) {
  if (!hasNewestMysql) {
    console.log('Not run: MySQL 9.7 is fetched on x86_64 Linux only.');
    return;
  }
  await counted(['npm', 'test', '--', '--engine', 'mysql97'], here, show);
}

/**
 * A new user without rights clones the repository into a folder with blanks and Chinese characters, with an empty
 * home and no sudo, and runs the two commands there. Whoever is no root is such a user already.
 */
async function asOrdinaryUser(show) {
  if (!isRoot) {
    console.log('Only root can make a fresh ordinary user: the demo until Ctrl-C, here.');
    await demoUntilCtrlC(here);
    return;
  }
  const name = `shigang-ci-${process.pid % 100_000}`;
  const folder = mkdtempSync(join(tmpdir(), 'shigang-ci-'));
  try {
    await must([
      findProgram('useradd') ?? 'useradd',
      '--create-home',
      '--home-dir',
      join(folder, 'home'),
      name,
    ]);
    const [uid, gid] = idsOf(name);
    const home = join(folder, 'home');
    // A bundle: git refuses to read another user's repository.
    const bundle = join(folder, 'repo.bundle');
    await must(['git', '-C', ROOT, 'bundle', 'create', bundle, 'HEAD']);
    await must(['chmod', 'a+rx', folder]);
    const env = {
      PATH: process.env.PATH,
      HOME: home,
      USER: name,
      LOGNAME: name,
      LANG: 'C.UTF-8',
      CI: 'true',
    };
    for (const kept of ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'])
      if (process.env[kept]) env[kept] = process.env[kept];
    const clone = join(home, '适岗 clone');
    const user = { uid, gid, env, cwd: clone };
    await succeeds(['git', 'clone', '--quiet', bundle, clone], { ...user, cwd: home });
    // On Debian with servers of its own, fetched and unpacked without root, whatever is installed here.
    const isDebian = /^ID=debian$/m.test(readText('/etc/os-release'));
    const unpacked = isDebian ? { ...user, env: { ...env, SHIGANG_SERVICES: 'unpacked' } } : user;
    await demoUntilCtrlC(unpacked);
    await counted(['npm', 'test', '--', USER_SUITE], unpacked, show);
  } finally {
    await run(findProgram('userdel') ?? 'userdel', [name], { env: cleanEnv() });
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function must([command, ...args]) {
  const { code, stderr } = await run(command, args, { env: cleanEnv() });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr.trim()}`);
}

function idsOf(name) {
  const line = readText('/etc/passwd')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  return line.split(':').slice(2, 4).map(Number);
}

function lastLines(text) {
  return text.trim().split('\n').slice(-5).join('\n');
}
