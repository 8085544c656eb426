import { isMetricId, type EvidenceKind, type MetricId, type EvidenceIds } from '@shigang/shared';
import type { Sql, Tx } from '../../platform/database.ts';
import { readJson } from '../../platform/json.ts';
import { evidenceIds, type GatherPlan, type PersonEvidence } from '../profile/index.ts';
import { lockCycle, pictureOf, type ComputedCycle, type Cycle } from './cycle.ts';
import type { CycleDeps } from './deps.ts';

/** People whose evidence is read and written at a time. */
const CHUNK = 1_000;

/** `{ metric: [kind, id, id …] }`, newest first. */
type FrozenEvidence = Record<string, readonly [EvidenceKind, ...string[]]>;

/** The cycle's picture with the quarters after the period in which deals closed: evidence lists them too. */
export async function evidencePicture(sql: Sql, cycle: Cycle): Promise<ComputedCycle> {
  const later = await sql.select<{ closed_q: number }>(
    'SELECT DISTINCT closed_q FROM deals WHERE closed_q > ?',
    [Number(cycle.period.slice(0, 4)) * 4 + Number(cycle.period.slice(5)) - 1],
  );
  return pictureOf(
    sql,
    cycle,
    later.map((row) => Number(row.closed_q)),
  );
}

/**
 * Writes the record ids behind every member's metrics; the last step before publication, safe to repeat. A new snapshot
 * waits for the chunk at hand, so that no row is written that is no member (any more).
 */
export async function freezeEvidence(deps: CycleDeps, cycle: Cycle): Promise<void> {
  const { plan } = await evidencePicture(deps.db, cycle);
  for (let after: string | undefined = ''; after !== undefined;) {
    const from: string = after;
    after = await deps.db.transaction((tx) => freezeChunk(tx, { cycle, plan }, from));
  }
}

interface FreezeWork {
  readonly cycle: Cycle;
  readonly plan: GatherPlan;
}

/** @returns the last userid of a full chunk; undefined at the end */
async function freezeChunk(tx: Tx, { cycle, plan }: FreezeWork, after: string): Promise<string | undefined> {
  await lockCycle(tx, cycle.cycleId, 'share');
  const members = await tx.select<{ user_id: string }>(
    `SELECT user_id FROM cycle_members WHERE cycle_id = ? AND user_id > ? ORDER BY user_id LIMIT ${CHUNK}`,
    [cycle.cycleId, after],
  );
  const userIds = members.map((member) => member.user_id);
  const evidence = await evidenceIds(tx, plan, userIds);
  await tx.insertMany(
    'cycle_members',
    ['cycle_id', 'user_id', 'name', 'present_role', 'sums', 'evidence'],
    userIds.map((userId) => [
      cycle.cycleId,
      userId,
      '',
      '',
      '',
      JSON.stringify(frozenOf(evidence.get(userId) ?? new Map())),
    ]),
    { update: ['evidence'] },
  );
  return userIds.length < CHUNK ? undefined : userIds.at(-1);
}

function frozenOf(evidence: PersonEvidence): FrozenEvidence {
  const frozen: FrozenEvidence = {};
  for (const [metric, { kind, ids }] of evidence) frozen[metric] = [kind, ...ids];
  return frozen;
}

/** Reads what {@link freezeEvidence} wrote. */
export function readFrozenEvidence(text: string): PersonEvidence {
  const evidence = new Map<MetricId, EvidenceIds>();
  for (const [metric, [kind, ...ids]] of Object.entries(readJson<FrozenEvidence>(text))) {
    if (isMetricId(metric)) evidence.set(metric, { kind, ids });
  }
  return evidence;
}
