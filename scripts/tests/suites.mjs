// The suites: which project each belongs to, which of them a path names, and what those need before they can start.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ROOT } from '../clone.mjs';

/** Project, and the paths of its suites from the root of the clone. jest.config.mjs is made from the same table. */
export const PROJECTS = {
  unit: '(shared|miniapp)/src/.*\\.test\\.tsx?',
  integration: '((server|jobs|migrations)/src|test/(?!src/(acceptance|screens)/)).*\\.test\\.ts',
  acceptance: 'test/src/acceptance/.*\\.test\\.ts',
  screens: 'test/src/screens/.*\\.test\\.ts',
};

const FOLDERS = ['shared/src', 'migrations/src', 'server/src', 'jobs/src', 'miniapp/src', 'test'];
/** Options of jest whose value is an argument of its own. */
const WITH_VALUE = /^(-t|--testNamePattern|-w|--maxWorkers|--testTimeout|--seed|--shard|--config|-c)$/;

/** The arguments that name suites: what is no option and no option's value. */
export const patternsOf = (jestArgs) =>
  jestArgs.filter((arg, at) => !arg.startsWith('-') && !WITH_VALUE.test(jestArgs[at - 1] ?? ''));

/** Suites whose path fits one of the patterns, as jest would find them; all of them without a pattern. */
export function suitesOf(patterns) {
  const wanted = patterns.map((pattern) => new RegExp(pattern, 'i'));
  return FOLDERS.flatMap(suitesIn)
    .filter((path) => wanted.length === 0 || wanted.some((one) => one.test(join(ROOT, path))))
    .map((path) => ({ path, project: projectOf(path) }))
    .filter(({ project }) => project !== undefined);
}

const projectOf = (path) =>
  Object.keys(PROJECTS).find((name) => new RegExp(`^${PROJECTS[name]}$`).test(path));

function suitesIn(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : suitesIn(path);
    return /\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** What in the harness stands for a need. */
const NEEDED_BY = {
  'test/src/harness/processes/shigang-process.ts': 'build',
  'test/src/screens/fixture-server.ts': 'build',
  'test/src/harness/browser.ts': 'browser',
};
const HARNESS = 'test/src/index.ts';

/**
 * `servers`, `build`, `browser`: what at least one of the suites needs. Read from their imports, so that a suite of rules
 * waits for nothing.
 */
export function needsOf(suites) {
  const needs = new Set();
  const seen = new Set();
  for (const { path, project } of suites) {
    if (project !== 'unit') needs.add('servers');
    follow(path, needs, seen);
  }
  return needs;
}

function follow(path, needs, seen) {
  if (seen.has(path)) return;
  seen.add(path);
  if (path in NEEDED_BY) needs.add(NEEDED_BY[path]);
  for (const { from, names } of importsOf(path)) {
    if (from === '@shigang/test') for (const home of homesOf(names)) follow(home, needs, seen);
    else if (from.startsWith('.')) {
      const target = relative(ROOT, resolve(ROOT, dirname(path), from));
      if (target.startsWith('test/src/') && existsSync(join(ROOT, target))) follow(target, needs, seen);
    }
  }
}

const IMPORT = /^(?:import|export) (?!type )([^'"]*?) from '([^']+)'/gm;

function importsOf(path) {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return [...text.matchAll(IMPORT)].map(([, names, from]) => ({ names, from }));
}

/** Files behind the harness's face that export one of the names. */
function homesOf(names) {
  const wanted = names.match(/\w+/g) ?? [];
  return importsOf(HARNESS)
    .map(({ from }) => relative(ROOT, resolve(ROOT, dirname(HARNESS), from)))
    .filter((file) => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      return wanted.some((name) =>
        new RegExp(`^export (async )?(function|const|class) ${name}\\b|^export \\{.*\\b${name}\\b`, 'm').test(
          text,
        ),
      );
    });
}
