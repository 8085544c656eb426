import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@shigang/test';

const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const namesIn = (text: string, pattern: RegExp): Set<string | undefined> =>
  new Set([...text.matchAll(pattern)].map((match) => match[1]));

const read = namesIn(textOf('server/src/config/env.ts'), /'([A-Z]+(?:_[A-Z]+)+|PORT)'/g);

test('.env.example documents every setting that the configuration reads', () => {
  const documented = namesIn(textOf('.env.example'), /^#? ?([A-Z][A-Z_]+)=/gm);
  expect(read.size).toBeGreaterThan(15);
  expect([...read].filter((name) => name !== 'NODE_ENV' && !documented.has(name))).toEqual([]);
});

test('so does the table of docs/settings.md', () => {
  const documented = namesIn(textOf('docs/settings.md'), /`([A-Z][A-Z_]+)`/g);
  expect([...read].filter((name) => !documented.has(name))).toEqual([]);
});
