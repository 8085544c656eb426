import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@shigang/test';

test('.env.example documents every setting that the configuration reads', () => {
  const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
  const documented = new Set([...example.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]));
  const source = readFileSync(join(ROOT, 'server/src/config/env.ts'), 'utf8');
  const read = new Set([...source.matchAll(/'([A-Z]+(?:_[A-Z]+)+|PORT)'/g)].map((match) => match[1]));
  read.delete('NODE_ENV');
  expect(read.size).toBeGreaterThan(15);
  expect([...read].filter((name) => !documented.has(name))).toEqual([]);
});
