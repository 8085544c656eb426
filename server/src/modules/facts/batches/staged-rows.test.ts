import { kindOf } from '../kinds/index.ts';
import { arranged } from './staged-rows.ts';

/* What a process of another release staged, before this one takes it over. */

const { columns } = kindOf('trainings');
const row = columns.map((column) => `${column}!`);
const piece = (of: readonly string[], rows: string[][]) => ({
  ...{ columns: of, rows, numbers: [2], areNew: true },
});

test('the same columns in the same order: the rows as they are', () => {
  expect(arranged('trainings', piece(columns, [row])).rows).toEqual([row]);
});

test('another order: every value finds its column', () => {
  const turned = [...columns].reverse();
  expect(arranged('trainings', piece(turned, [[...row].reverse()])).rows).toEqual([row]);
});

test('a column that the other release did not know is empty', () => {
  const [last] = columns.slice(-1);
  const earlier = columns.filter((column) => column !== last);
  expect(arranged('trainings', piece(earlier, [row.slice(0, -1)])).rows).toEqual([
    [...row.slice(0, -1), null],
  ]);
});

test('one that this release does not know is not dropped without a word', () => {
  expect(() => arranged('trainings', piece([...columns, 'later'], [[...row, 'x']]))).toThrow();
});
