import { teamAverage, type MetricId, type MetricValue, type TeamSum } from '@shigang/shared';
import type { ProfileValues } from './profile-doc.ts';

/** A team average as the tables keep it. */
export interface TeamAverageRow {
  readonly deptId: number;
  readonly metric: MetricId;
  /** Ten-thousandths. */
  readonly value: number;
  readonly n: number;
}

/** Sums stored values per main department and metric; people without a department belong to no team. */
export class TeamSums {
  readonly #teams = new Map<number, Map<MetricId, TeamSum>>();

  /** A person's values by metric, as a stored document has them. */
  add(deptId: number | null, metrics: ProfileValues['metrics']): void {
    if (deptId === null) return;
    const team = this.#team(deptId);
    for (const [metric, { value }] of metrics) addTo(team, metric, value);
  }

  /** A person's values in the order of `ids`, as they are computed. */
  addRow(deptId: number | null, ids: readonly MetricId[], values: readonly (MetricValue | null)[]): void {
    if (deptId === null) return;
    const team = this.#team(deptId);
    for (let index = 0; index < ids.length; index += 1) {
      const [metric, value] = [ids[index], values[index]];
      if (metric && value) addTo(team, metric, value.value);
    }
  }

  #team(deptId: number): Map<MetricId, TeamSum> {
    const team = this.#teams.get(deptId) ?? new Map<MetricId, TeamSum>();
    this.#teams.set(deptId, team);
    return team;
  }

  /** Averages that may be shown: groups under five people are left out. */
  averages(): TeamAverageRow[] {
    const rows: TeamAverageRow[] = [];
    for (const [deptId, team] of this.#teams) {
      for (const [metric, sum] of team) {
        const value = teamAverage(sum);
        if (value !== null) rows.push({ deptId, metric, value, n: sum.people });
      }
    }
    return rows;
  }
}

function addTo(team: Map<MetricId, TeamSum>, metric: MetricId, value: number): void {
  const sum = team.get(metric);
  if (sum) {
    sum.sum += value;
    sum.people += 1;
  } else team.set(metric, { sum: value, people: 1 });
}
