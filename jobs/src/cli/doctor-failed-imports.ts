import { doctorText, fill } from '@shigang/shared';
import { failedRuns, type Sql } from '@shigang/server';
import { bad, good, type Check } from './doctor-check.ts';

/** Imports that were given up half applied: the same file imported again completes them. */
export async function checkFailedImports(sql: Sql): Promise<Check> {
  const failed = await failedRuns(sql);
  if (failed.length === 0) return good('imports', doctorText['doctor.importsWell']);
  const detail = failed.map(({ kind, fileName, actor }) =>
    fill(doctorText['doctor.failedImport'], { kind, file: fileName, actor }),
  );
  return bad('imports', detail.join('；'), doctorText['doctor.fix.imports']);
}
