// What `.ci/run` does: tests, checks, build and demo as whoever runs it; the SQL suites again on the newest MySQL;
// as root also clone, demo and acceptance suite as a user without rights. Ends in one line `N passed, N failed`.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, readText } from './clone.mjs';
import { cleanEnv } from './environment.mjs';
import { commandLineOf, findProgram, run, until } from './processes.mjs';

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

/** Installing and building are done by then; a loaded machine is slow. */
const DEMO_MS = 10 * 60_000;

const total = { passed: 0, failed: 0 };
const here = { cwd: ROOT, env: cleanEnv({ CI: 'true' }) };

/** In their order; `.ci/run demo user` runs some of them alone. */
const STAGES = {
  test: ['npm test', () => counted(['npm', 'test'], here)],
  check: ['checks', () => counted(['npm', 'run', 'check'], here)],
  build: ['build', () => succeeds(['npm', 'run', 'build'], here)],
  demo: ['demo -- --once', () => demo(here)],
  'demo-ctrl-c': ['demo until Ctrl-C', () => demoUntilCtrlC(here)],
  npm: [`lock file with npm ${OLD_NPM}`, () => succeeds(OLD_NPM_CI, here)],
  mysql: ['SQL suites on the newest MySQL', () => sqlOnNewestMysql()],
  user: ['as an ordinary user', () => asOrdinaryUser()],
};

const wanted = process.argv.slice(3);
for (const [id, [name, work]] of Object.entries(STAGES)) {
  if (wanted.length === 0 || wanted.includes(id)) await stage(name, work);
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

/** Runs one stage; what it counts is added up, and an error counts as one failure. */
async function stage(name, work) {
  const startedAt = performance.now();
  console.log(`\n=== ${name}`);
  try {
    await work();
  } catch (error) {
    total.failed += 1;
    console.log(`✗ ${error.message}`);
  }
  console.log(`=== ${name}: ${Math.round((performance.now() - startedAt) / 1000)} s`);
}

/** A command whose last line is `N passed, N failed`. */
async function counted([command, ...args], options) {
  const { code, stdout } = await run(command, args, { ...options, echo: true });
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

async function demo(options) {
  const { code, stdout, stderr } = await run('npm', ['run', 'demo', '--', '--once'], {
    ...options,
    echo: true,
  });
  if (code !== 0) throw new Error(`the demo ended with ${code}: ${stderr}`);
  const lines = stdout.split('\n');
  const missing = DEMO_LINES.filter((line) => !lines.includes(line));
  if (missing.length > 0) throw new Error(`the demo did not print: ${missing.join(' · ')}`);
  assertNothingLeft(options.cwd);
  total.passed += 1;
}

/** The demo stays up and answers until Ctrl-C; then it ends, and with it every process and port. */
async function demoUntilCtrlC({ cwd, env }) {
  const child = spawn('npm', ['run', 'demo'], {
    cwd,
    env,
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

async function sqlOnNewestMysql() {
  if (!hasNewestMysql) {
    console.log('Not run: MySQL 9.7 is fetched on x86_64 Linux only.');
    return;
  }
  await counted(['npm', 'test', '--', '--engine', 'mysql97'], here);
}

/**
 * A new user without rights clones the repository into a folder with blanks and Chinese characters, with an empty
 * home and no sudo, and runs the two commands there.
 */
async function asOrdinaryUser() {
  if (!isRoot) {
    console.log('Not run: only root can make a fresh ordinary user.');
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
    await demo(isDebian ? { ...user, env: { ...env, SHIGANG_SERVICES: 'unpacked' } } : user);
    await counted(['npm', 'test', '--', '--selectProjects', 'acceptance', '--maxWorkers=3'], user);
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
