import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parsePlan, parseRoleModel, roleModelFile } from '@shigang/shared';

const FOLDER = resolve(__dirname, '../../../examples');
const json = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
const files = (folder: string, pattern: RegExp): string[] =>
  readdirSync(join(FOLDER, folder))
    .filter((name) => pattern.test(name))
    .map((name) => `${folder}/${name}`);

const models = ['demo', 'defaults', 'crm'].flatMap((folder) =>
  files(folder, /(account|role-model).*\.json$/),
);
const plans = ['demo', 'defaults'].flatMap((folder) => files(folder, /^(sales|large)(-v\d)?\.json$/));

test('every example is looked at', () => {
  expect(models).toHaveLength(4);
  expect(plans).toHaveLength(5);
});

test.each(models)('role model %s is accepted, and shown again says the same', (name) => {
  const model = parseRoleModel(json(name));
  expect(parseRoleModel(JSON.parse(JSON.stringify(roleModelFile(model))) as unknown)).toEqual(model);
});

test.each(plans)('plan %s is accepted', (name) => {
  expect(parsePlan(json(name)).components.length).toBeGreaterThan(0);
});

test('the demo and a first run start from the same weights and the same plans', () => {
  const withoutDate = (name: string): unknown => ({ ...parseRoleModel(json(name)), validFrom: '' });
  expect(withoutDate('demo/large-account-2025Q4.json')).toEqual(withoutDate('defaults/large-account.json'));
  expect(parsePlan(json('demo/sales-v2.json'))).toEqual(parsePlan(json('defaults/sales.json')));
  expect(parsePlan(json('demo/large.json'))).toEqual(parsePlan(json('defaults/large.json')));
});
