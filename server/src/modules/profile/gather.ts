import { MetricSums, sumLayout } from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';
import { peopleRange, type GatherPlan } from './gather-plan.ts';
import { queriedReadings, type QueriedReading } from './metric-sources.ts';
import { readForSums } from './read-metric-records.ts';
import type { ScopePerson } from './scope.queries.ts';

/** Which readings go one after another on a connection; the lanes go side by side, the long reading alone. */
const laneOf: Readonly<Record<QueriedReading, string>> = {
  deals: 'deals',
  firstLargeWin: 'firstLargeWin',
  requests: 'collaborations',
  resolutions: 'collaborations',
  feedback: 'customers',
  renewals: 'customers',
  trainings: 'learning',
  assessments: 'learning',
  attendance: 'attendance',
};
const lanes = [...new Set(Object.values(laneOf))].map((lane) =>
  queriedReadings.filter((name) => laneOf[name] === lane),
);

/**
 * Streams the window's records of `people` (one stretch of userids in their order) into sums, nothing held but the sums.
 * Every query is led by quarters and narrowed by the userids, so that n chunks do not read the window n times.
 */
export async function gatherSums(
  sql: Sql,
  plan: GatherPlan,
  people: readonly ScopePerson[],
): Promise<MetricSums> {
  const sums = new MetricSums(sumLayout(plan.facts), plan.window, people.length);
  people.forEach((person, index) => sums.addHistory(index, person.employed, person.roles));
  if (people.length === 0) return sums;
  const index = new Map(people.map((person, position) => [person.userId, position]));
  const chunk = { plan, index, of: peopleRange([...index.keys()]) };
  const readLane = async (lane: readonly QueriedReading[]): Promise<void> => {
    for (const name of lane) await readForSums(sql, name, chunk, sums.adder(name));
  };
  // On a pool these run side by side; inside a transaction they queue on its one connection.
  await Promise.all(lanes.map(readLane));
  return sums;
}
