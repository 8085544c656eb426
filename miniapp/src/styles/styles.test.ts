import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const SOURCES = path.resolve('miniapp/src');
/** Longest style sheet, in lines: more is more than one idea. */
const MOST_LINES = 300;

const files = (readdirSync(SOURCES, { recursive: true }) as string[]).map((file) =>
  file.split(path.sep).join('/'),
);
const text = (file: string): string => readFileSync(path.join(SOURCES, file), 'utf8');
const sheets = files.filter((file) => file.endsWith('.css')).sort();

/** Style sheets that a source names, as paths below `src`. */
const named = (file: string): string[] =>
  [...text(file).matchAll(/import '(\.[^']+\.css)'/g)].map(([, name]) =>
    path.posix.join(path.posix.dirname(file), name ?? ''),
  );

test.each(sheets)('%s holds one idea', (file) => {
  expect(text(file).split('\n').length - 1).toBeLessThanOrEqual(MOST_LINES);
});

test('every style sheet is imported by exactly one entry, screen or other sheet; tokens and base by both entries', () => {
  const entries = ['entries/staff.css', 'entries/desk.css'];
  const importers = files.filter((file) => /\.(css|tsx?)$/.test(file));
  const times = new Map(sheets.map((sheet) => [sheet, 0]));
  for (const file of importers.flatMap(named)) times.set(file, (times.get(file) ?? 0) + 1);
  const expected = (sheet: string): number =>
    entries.includes(sheet) ? 0 : sheet.startsWith('styles/') ? entries.length : 1;
  expect(Object.fromEntries(times)).toEqual(
    Object.fromEntries(sheets.map((sheet) => [sheet, expected(sheet)])),
  );
});

test('colours are named in one place; the paper of a file alone has inks of its own', () => {
  const own = sheets.filter((file) => /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/i.test(text(file)));
  expect(own).toEqual(['screens/hr/cycle/file/file.css', 'styles/tokens.css']);
});
