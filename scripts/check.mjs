// `npm run check [name…]`: everything about the sources that needs no server, each with its time. Ends with the
// line `N passed, N failed`.
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { ROOT } from './clone.mjs';
import { cleanEnv } from './environment.mjs';
import { run } from './processes.mjs';

const SOURCES = ['shared/src', 'migrations/src', 'server/src', 'jobs/src', 'miniapp/src', 'test', 'scripts'];
const bin = (...path) => join(ROOT, 'node_modules', ...path);

/** Name, and the Node program with its arguments. */
const CHECKS = [
  ['types', [bin('typescript', 'bin', 'tsc'), '-b']],
  ['lint', [bin('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0']],
  ['format', [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  [
    'layers',
    [
      bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      ...SOURCES,
    ],
  ],
  ['tables', [join(ROOT, 'scripts', 'check-tables.mjs')]],
  ['unused', [bin('knip', 'bin', 'knip.js')]],
  ['coverage', [bin('jest', 'bin', 'jest.js'), '--selectProjects', 'unit', '--coverage', '--silent']],
  ['compose', [join(ROOT, 'scripts', 'check-compose.mjs')]],
];

const names = process.argv.slice(3);
const unknown = names.filter((name) => !CHECKS.some(([known]) => known === name));
if (unknown.length > 0) {
  console.error(`Unknown check ${unknown.join(', ')}: ${CHECKS.map(([name]) => name).join(', ')}.`);
  process.exit(2);
}

await bootstrap({ build: false });
let failed = 0;
const chosen = CHECKS.filter(([name]) => names.length === 0 || names.includes(name));
const waiting = chosen.values();
const take = async () => {
  for (const [name, args] of waiting) await check(name, args);
};
// The declarations that types leaves are read by the others, of which lint takes as long as the rest together.
if (chosen[0][0] === 'types') await check(...waiting.next().value);
await Promise.all([take(), take()]);
console.log(`${chosen.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function check(name, args) {
  const startedAt = performance.now();
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: ROOT, env: cleanEnv() });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${name} ${seconds} s`);
  if (code === 0) return;
  failed += 1;
  console.log(stdout + stderr);
}
