import { createTestDatabase } from '@shigang/test';
import { checkFailedImports } from './doctor-failed-imports.ts';

test('an import that was given up is named with its file and what to do; one under way is well', async () => {
  const db = await createTestDatabase();
  const run = (id: string, state: string): Promise<unknown> =>
    db.execute(
      `INSERT INTO import_runs (batch_id, kind, kinds, file_name, state, lease_owner, lease_until, created_at, created_by)
       VALUES (?, 'deals', '["deals"]', '三季度.xlsx', ?, '', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), 'operator:hr')`,
      [id, state],
    );
  await run('a', 'applying');
  expect(await checkFailedImports(db)).toMatchObject({ id: 'imports', ok: true, fix: null });
  await run('b', 'failed');
  expect(await checkFailedImports(db)).toMatchObject({
    ok: false,
    detail: '三季度.xlsx（deals，operator:hr）多次失败，只存入了一部分',
    fix: expect.stringContaining('同一个文件导入一次') as string,
  });
});
