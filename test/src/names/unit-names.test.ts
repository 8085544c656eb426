import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@shigang/test';
import { namesWithoutUnit } from './unit-names.ts';

const FOLDERS = ['shared/src', 'server/src', 'jobs/src', 'miniapp/src'];

/** Numbers whose unit is not one, each with its reason. */
const ALLOWED = new Set([
  // bp or fen by the kind of the line.
  'shared/src/incentive/line.ts price',
  // Months × the unit of the window, which is chosen so that a month is whole.
  'shared/src/metric/definition.ts employedShare',
]);

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .map((path) => join(folder, path).replaceAll('\\', '/')),
);
const refused = sources.flatMap((path) =>
  namesWithoutUnit(path, readFileSync(join(ROOT, path), 'utf8')).map((found) => ({ path, ...found })),
);

test('every number of money or rate ends in its unit', () => {
  expect(sources.length).toBeGreaterThan(400);
  const places = refused.filter(({ path, name }) => !ALLOWED.has(`${path} ${name}`));
  expect(places.map(({ path, line, name }) => `${path}:${line} ${name}`)).toEqual([]);
});

test('what is allowed is still there', () => {
  const seen = new Set(refused.map(({ path, name }) => `${path} ${name}`));
  expect([...ALLOWED].filter((place) => !seen.has(place))).toEqual([]);
});

test.each([
  ['interface Deal { readonly amount: number }', 'amount'],
  ['interface Deal { amount_fen: number; share_rate: number | null }', 'share_rate'],
  ['interface Deal { "paid": number }', 'paid'],
  ['class Line { constructor(readonly dealFen: number, readonly bonus: number) {} }', 'bonus'],
  ['const pay = (amounts: readonly number[]): number => 0;', 'amounts'],
  ['let rates: ReadonlyMap<string, number>;', 'rates'],
  ['let clawed = 0;', 'clawed'],
  ['const priceYuan: number = one();', 'priceYuan'],
  ["type Fen = number & { readonly unit: 'fen' };", 'Fen'],
])('%s is refused', (text, name) =>
  expect(namesWithoutUnit('shared/src/deal.ts', text)).toEqual([{ name, line: 1 }]),
);

test.each([
  'interface Deal { readonly amountFen: number; shareBp: number; fen: number; clawbackMonths: number }',
  'interface Row { amount: string; price: (deal: Deal) => number; paid: { readonly fen: number } }',
  'let clawedFen = 0;',
  'interface Score { readonly score: number }',
])('%s passes', (text) => expect(namesWithoutUnit('shared/src/deal.ts', text)).toEqual([]));

test('an answer names the unit of its scores too', () => {
  const text = 'interface Card { scoreHundredths: number | null; coverage: number }';
  for (const path of ['shared/src/answers/card.ts', 'server/src/modules/review/card.dto.ts'])
    expect(namesWithoutUnit(path, text)).toEqual([{ name: 'coverage', line: 1 }]);
});
