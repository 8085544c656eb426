// `npm run check tables`: every table has one owner, and no room reads or writes a table of a later one. What is read
// or written across rooms stands in docs/tables.md; `node scripts/check-tables.mjs --write` makes that page anew.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './clone.mjs';
import { TABLES_BY_OWNER } from './table-owners.mjs';

const { MODULE_RANKS } = createRequire(import.meta.url)('./module-ranks.cjs');
const SERVER = join(ROOT, 'server', 'src');
const PAGE = join(ROOT, 'docs', 'tables.md');
const CREATED = /CREATE TABLE (?:IF NOT EXISTS )?`?([a-z_]+)/g;
/** What SQL, our writer of many rows and a table's own description say before its name. */
const READS = [/\b(?:FROM|JOIN)\s+`?([a-z_]+)/g];
const WRITES = [
  /\b(?:INSERT (?:IGNORE )?INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+`?([a-z_]+)/g,
  /\binsert(?:Many|Prepared)\(\s*'([a-z_]+)'/g,
  /\b[tT]able:\s*'([a-z_]+)'/g,
];
/** Rooms below the modules, in their order; access and audit are asked by every module. */
const BELOW = [['platform'], ['audit', 'dingtalk']];
/** Who may see whom depends on the organisation: `access` reads org's tables although modules stand above it. */
const RANKS = [...BELOW, ...MODULE_RANKS];
const READS_ORG = 'access';

const HEAD = `# Tables and their owners

Made by \`node scripts/check-tables.mjs --write\` from the sources; \`npm run check tables\` refuses a stale page, a table without an owner (\`scripts/table-owners.mjs\`), and a room that touches a table of a later one. Rooms stand in their rank order. Names that are put together at run time are not seen: profile reads the tables of facts by \`recordShapes\`.

| owner | table | also read by | also written by |
| --- | --- | --- | --- |
`;

const rankOf = (room) => RANKS.findIndex((rank) => rank.includes(room));
const ownerOf = new Map(
  Object.entries(TABLES_BY_OWNER).flatMap(([owner, tables]) => tables.map((table) => [table, owner])),
);
const matchesOf = (text, patterns) =>
  patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name));

const problems = [...ownerProblems(), ...usesAcross().flatMap(orderProblem), ...pageProblem()];
for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);

function ownerProblems() {
  const created = new Set(
    readdirSync(join(ROOT, 'migrations', 'src'))
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => matchesOf(readFileSync(join(ROOT, 'migrations', 'src', name), 'utf8'), [CREATED])),
  );
  const rooms = RANKS.flat();
  return [
    ...[...created].filter((table) => !ownerOf.has(table)).map((table) => `${table} has no owner`),
    ...[...ownerOf.keys()].filter((table) => !created.has(table)).map((table) => `${table} is no table`),
    ...Object.keys(TABLES_BY_OWNER)
      .filter((owner) => !rooms.includes(owner))
      .map((owner) => `${owner} is no room`),
  ].map((problem) => `${problem}: scripts/table-owners.mjs`);
}

/** One entry per room, table and way of use, with the files; a room's use of its own tables is left out. */
function usesAcross() {
  const uses = new Map();
  for (const { room, way, table, path } of sourceFiles().flatMap(usesIn)) {
    const key = `${room} ${way} ${table}`;
    const use = uses.get(key) ?? { room, way, table, files: [] };
    use.files.push(path);
    uses.set(key, use);
  }
  return [...uses.values()];
}

function usesIn(path) {
  const room = roomOf(path);
  const text = readFileSync(join(SERVER, path), 'utf8');
  return Object.entries({ reads: READS, writes: WRITES }).flatMap(([way, patterns]) =>
    [...new Set(matchesOf(text, patterns))]
      .filter((table) => ownerOf.has(table) && ownerOf.get(table) !== room)
      .map((table) => ({ room, way, table, path })),
  );
}

function orderProblem({ room, way, table, files }) {
  const owner = ownerOf.get(table);
  if (room === READS_ORG && owner === 'org' && way === 'reads') return [];
  if (rankOf(owner) <= rankOf(room)) return [];
  return [
    `${room} ${way} ${table} of ${owner}, a later room: ${files.map((file) => `server/src/${file}`).join(', ')}`,
  ];
}

function sourceFiles() {
  return readdirSync(SERVER, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .sort();
}

/** `modules/facts/x.ts` → facts; `platform/…` and the composition's own files → the folder. */
function roomOf(path) {
  const [first, second] = path.split('/');
  return first === 'modules' ? second : first;
}

function pageProblem() {
  const wanted = page();
  if (process.argv.includes('--write')) writeFileSync(PAGE, wanted);
  const isFresh = readFileSync(PAGE, 'utf8') === wanted;
  return isFresh ? [] : ['docs/tables.md is stale: node scripts/check-tables.mjs --write'];
}

function page() {
  const uses = usesAcross();
  const across = (table, way) =>
    uses
      .filter((use) => use.table === table && use.way === way)
      .map((use) => use.room)
      .sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1))
      .join(', ');
  const rows = RANKS.flat().flatMap((owner) =>
    (TABLES_BY_OWNER[owner] ?? []).map(
      (table) => `| ${owner} | \`${table}\` | ${across(table, 'reads')} | ${across(table, 'writes')} |`,
    ),
  );
  return `${HEAD}${rows.join('\n')}\n`;
}
