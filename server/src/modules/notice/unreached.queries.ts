import { visibleEmployees, type Viewer } from '../../access/index.ts';
import type { Sql } from '../../platform/database.ts';
import { UNREACHED } from './notice.entity.ts';

/**
 * Names of the managers and HR people whom the cycle's summary card did not reach, last wording included, and who may be
 * seen by the viewer: nobody else would tell them. Employees' own notices stand beside each person instead.
 */
export async function unreachedNames(sql: Sql, viewer: Viewer, cycleId: string): Promise<string[]> {
  const may = visibleEmployees(viewer, 'cycle', 'n.user_id');
  const rows = await sql.select<{ name: string }>(
    `SELECT DISTINCT e.name FROM notices n
     JOIN employees e ON e.user_id = n.user_id AND e.active = 1
     WHERE n.cycle_id = ? AND n.decision_id IS NULL AND n.seen_at IS NULL AND ${may.sql}
       AND (n.state IN (?) OR (n.state = 'written' AND n.given_up_at IS NOT NULL))
       AND NOT EXISTS (SELECT 1 FROM notices again WHERE again.cycle_id = n.cycle_id AND again.kind = n.kind
         AND again.user_id = n.user_id AND again.wording > n.wording)
     ORDER BY e.name`,
    [cycleId, ...may.params, UNREACHED],
  );
  return rows.map((row) => row.name);
}
