import { roleChangeFormValues } from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';
import type { StoredApproval } from './approval-store.ts';
import type { StartPayload } from './approval-posts.ts';

interface PersonRow {
  readonly name: string;
  readonly jobNumber: string | null;
  readonly departmentName: string | null;
}

/** What the form of an approval is filled in with: names as they are today, words as they were when it was asked for. */
export async function formValuesOf(
  sql: Sql,
  approval: StoredApproval,
  payload: StartPayload,
): Promise<{ name: string; value: string }[]> {
  const person = await personOf(sql, approval.userId);
  const decider = await personOf(sql, approval.decidedBy);
  const { approvalId, fromRole, toRole, planName, consentText, reason } = payload;
  return roleChangeFormValues({
    ...{ approvalId, fromRole, toRole, planName, consentText, reason },
    name: person?.name ?? approval.userId,
    jobNumber: person?.jobNumber ?? null,
    departmentName: person?.departmentName ?? null,
    decidedByName: decider?.name ?? approval.decidedBy,
  });
}

async function personOf(sql: Sql, userId: string): Promise<PersonRow | null> {
  const [row] = await sql.select<PersonRow>(
    `SELECT e.name, e.job_number AS jobNumber, d.name AS departmentName
     FROM employees e LEFT JOIN departments d ON d.dept_id = e.main_dept_id WHERE e.user_id = ?`,
    [userId],
  );
  return row ?? null;
}
