// `npm run bench [name]`: runs test/src/bench/<name>.ts (all of them without a name; what they share lies in folders) on MySQL and Redis found or
// started like the tests' and prints one JSON document: {machine, engine, benches: [...]}.
import { readdirSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { CLONE_HASH, ROOT, openRunFolder } from './clone.mjs';
import { dropLeftovers } from './databases.mjs';
import { cleanEnv } from './environment.mjs';
import { run } from './processes.mjs';
import { findChromium } from './services/chromium.mjs';
import { openServices } from './services/index.mjs';

const FOLDER = join(ROOT, 'test', 'src', 'bench');
const log = console.error;
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => basename(file, '.ts'));
const [wanted, ...options] = process.argv.slice(3);
if (wanted !== undefined && !names.includes(wanted)) {
  log(`No bench is called ${wanted}: ${names.join(', ')}.`);
  process.exit(2);
}

try {
  console.log(JSON.stringify(await benchAll(wanted === undefined ? names : [wanted]), null, 2));
} catch (error) {
  log(error.message);
  process.exit(1);
}

/** One process each, so that no bench warms or bloats the next. */
async function benchAll(chosen) {
  await bootstrap({ log });
  const folder = openRunFolder();
  let services;
  try {
    services = await openServices(folder, { log });
    const chromium = await findChromium({ log });
    const env = cleanEnv({
      TEST_DATABASE_URL: services.mysql.url,
      TEST_REDIS_URL: services.redis.url,
      TEST_CHROME_PATH: chromium.executablePath,
      TEST_CHROME_ENV: JSON.stringify(chromium.env),
      TEST_RUN_ID: CLONE_HASH,
      TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.base.json'),
    });
    const benches = [];
    for (const name of chosen) benches.push(await bench(name, env));
    await dropLeftovers(services);
    const { engine, version } = services.mysql;
    const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length, memoryBytes: totalmem() };
    return {
      machine: { ...machine, platform: platform(), arch: arch(), node: process.version },
      engine,
      version,
      benches,
    };
  } finally {
    await services?.stop();
    folder.remove();
  }
}

/** Each bench prints its own JSON document on stdout and its progress on stderr. */
async function bench(name, env) {
  log(`bench ${name} …`);
  const args = ['--conditions=shigang-source', '--import', 'tsx', '--expose-gc', join(FOLDER, `${name}.ts`)];
  const { code, stdout, stderr } = await run(process.execPath, [...args, ...options], { cwd: ROOT, env });
  if (code !== 0) throw new Error(`bench ${name} failed:\n${stdout}${stderr}`);
  return JSON.parse(stdout);
}
