import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');
const TOP = ['shared/src', 'migrations/src', 'server/src', 'jobs/src', 'miniapp/src', 'test', 'scripts'];
/** A folder that holds more is two rooms; tests stand beside what they try and are not counted. */
const MOST = 20;

const isSource = (name: string): boolean =>
  /\.(ts|tsx|mjs|cjs|js|jsx)$/.test(name) && !/\.test\.tsx?$/.test(name);

/** Every folder at and below one, with its source files. */
function foldersIn(folder: string): { folder: string; sources: number }[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  const below = entries.filter(
    (entry) => entry.isDirectory() && !/^(node_modules|dist|coverage|\..*)$/.test(entry.name),
  );
  const sources = entries.filter((entry) => entry.isFile() && isSource(entry.name)).length;
  return [{ folder, sources }, ...below.flatMap((entry) => foldersIn(`${folder}/${entry.name}`))];
}

test(`no folder holds more than ${MOST} source files`, () => {
  const folders = TOP.flatMap(foldersIn);
  expect(folders.length).toBeGreaterThan(TOP.length);
  expect(folders.filter(({ sources }) => sources > MOST)).toEqual([]);
});
