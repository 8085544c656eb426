import { createTestDatabase } from '@shigang/test';
import type { Database } from './database.ts';

let db: Database;

beforeAll(async () => {
  db = await createTestDatabase({ migrate: false });
  await db.execute('CREATE TABLE texts (id INT PRIMARY KEY, fen BIGINT NOT NULL, doc LONGTEXT NULL)');
});
beforeEach(() => db.execute('DELETE FROM texts'));

const COLUMNS = ['id', 'fen', 'doc'] as const;
const texts = (): Promise<{ id: number; fen: number; doc: string | null }[]> =>
  db.select('SELECT id, fen, doc FROM texts ORDER BY id');

/* Around the shapes of 64, 8 and 1 rows. */
test.each([0, 1, 7, 8, 9, 63, 64, 65, 200])('%i rows go in by prepared statements', async (count) => {
  const rows = Array.from({ length: count }, (_, id) => [id, id * 100, `行 "${id}"`]);
  expect(await db.transaction((tx) => tx.insertPrepared('texts', COLUMNS, rows))).toBe(count);
  expect(await texts()).toEqual(rows.map(([id, fen, doc]) => ({ id, fen, doc })));
});

test('large amounts, quotes, backslashes, emoji and absent texts arrive as they are', async () => {
  const rows = [
    [1, Number.MAX_SAFE_INTEGER, `\\ ' " \n \0 😀`],
    [2, -Number.MAX_SAFE_INTEGER, null],
  ];
  await db.transaction((tx) => tx.insertPrepared('texts', COLUMNS, rows));
  expect(await texts()).toEqual(rows.map(([id, fen, doc]) => ({ id, fen, doc })));
});

test('a known key is overwritten where that is asked for, and refused where not', async () => {
  const insert = (fen: number, update?: readonly string[]): Promise<number> =>
    db.transaction((tx) =>
      tx.insertPrepared('texts', COLUMNS, [[1, fen, 'x']], update === undefined ? {} : { update }),
    );
  await insert(1);
  await insert(2, ['fen']);
  expect(await texts()).toEqual([{ id: 1, fen: 2, doc: 'x' }]);
  await expect(insert(3)).rejects.toMatchObject({ errno: 1062 });
  await expect(insert(3, ['fen = 1'])).rejects.toThrow('not an identifier');
});
