import { AppError, nextCycleState, openMatterNames, type OpenMatter } from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import type { Tx } from '../../platform/database.ts';
import { lockCycle, moveCycle } from '../cycle/index.ts';
import type { ReviewDeps } from './deps.ts';
import { coveredMembers } from './publication/publish-cycle.ts';

/** People named per matter in a refusal. */
const NAMES = 5;

/**
 * Closes a published cycle once nothing of it is open any more; by whoever might publish it. What came back to HR and
 * was left alone stays as it is: the present post is kept.
 * @throws AppError access.denied, cycle.not_found, cycle.scope_too_small, cycle.wrong_state, cycle.still_open naming what
 */
export async function closeCycle(deps: ReviewDeps, viewer: Viewer, cycleId: string): Promise<void> {
  assertMay(viewer, 'cycle.close');
  await deps.db.transaction(async (tx) => {
    const cycle = await lockCycle(tx, cycleId);
    await coveredMembers(deps, tx, { cycle, viewer });
    const state = nextCycleState(cycle.state, 'close');
    if (cycle.state === state) return;
    const open = await openMatters(deps, tx, cycleId);
    if (open.length > 0) throw new AppError('cycle.still_open', { open: open.join('；') });
    await deps.roleChange.keepReturned(tx, cycleId, viewer);
    await moveCycle(tx, cycle, { state, at: deps.clock.now() });
    await deps.audit.record(tx, viewer, {
      action: 'cycle.closed',
      subjectKind: 'cycle',
      subjectId: cycleId,
      before: { state: cycle.state },
      after: { state },
    });
  });
}

/** Open replies, approvals, days and post of a cycle, each as a phrase with the people it concerns. */
async function openMatters(deps: ReviewDeps, tx: Tx, cycleId: string): Promise<string[]> {
  const people = await tx.select<{ matter: OpenMatter; userId: string; name: string }>(
    `SELECT 'reply' AS matter, m.user_id AS userId, m.name FROM role_changes c JOIN cycle_members m USING (cycle_id, user_id)
       LEFT JOIN replies r ON r.decision_id = c.decision_id
     WHERE c.cycle_id = ? AND c.state = 'open' AND r.decision_id IS NULL AND c.ground IS NULL
     UNION ALL SELECT 'approval', m.user_id, m.name FROM approvals a JOIN cycle_members m USING (cycle_id, user_id)
     WHERE a.cycle_id = ? AND a.state IN ('waiting', 'starting', 'running')
     UNION ALL SELECT 'day', m.user_id, m.name FROM role_changes c JOIN cycle_members m USING (cycle_id, user_id)
     WHERE c.cycle_id = ? AND c.state = 'agreed'
     ORDER BY matter, userId`,
    [cycleId, cycleId, cycleId],
  );
  const unsent = await deps.outbox.openOf(tx, cycleId);
  const matters = Object.keys(openMatterNames) as OpenMatter[];
  const named = matters.map((matter) => ({ matter, of: people.filter((row) => row.matter === matter) }));
  return [
    ...named
      .filter(({ of }) => of.length > 0)
      .map(({ matter, of }) => `${openMatterNames[matter]} ${of.length} 人（${namesOf(of)}）`),
    ...unsent.map(({ kind, rows }) => `待发送 ${kind}（${rows}）`),
  ];
}

const namesOf = (people: readonly { readonly name: string }[]): string =>
  [...people.slice(0, NAMES).map((person) => person.name), ...(people.length > NAMES ? ['…'] : [])].join(
    '、',
  );
