import {
  compileModel,
  matchPerson,
  metricValues,
  type CompanyRecords,
  type CompiledModel,
  type MatchResult,
  type MetricSums,
  type MetricValue,
  type SumLayout,
} from '@shigang/shared';
import type { Standing } from '@shigang/shared';
import { dayNumber } from '@shigang/shared';
import { writeProfileDoc, type ProfileRow } from '../profile/index.ts';
import type { RoleModelVersion } from './role-model-store.ts';

/** Who a row of sums belongs to. */
export interface ScoredPerson {
  readonly userId: string;
  readonly mainDeptId: number | null;
  /** Null: unknown. */
  readonly hiredOn: string | null;
}

/** A person's profile with the match against the model; `match` is null without a model. */
export interface ScoredProfile {
  readonly row: ProfileRow;
  readonly metrics: readonly (MetricValue | null)[];
  readonly match: MatchResult | null;
}

/** Turns sums into profiles and scores, the model compiled once for all people. */
export class Scorer {
  readonly #version: RoleModelVersion | null;
  readonly #company: CompanyRecords;
  readonly #layout: SumLayout;
  readonly #compiled: CompiledModel | null;

  constructor(version: RoleModelVersion | null, layout: SumLayout, company: CompanyRecords) {
    this.#version = version;
    this.#company = company;
    this.#layout = layout;
    this.#compiled = version === null ? null : compileModel(version.model, layout.metrics);
  }

  /** @param position the person's row in `sums` */
  score(person: ScoredPerson, sums: MetricSums, position: number): ScoredProfile {
    const metrics = metricValues(sums, position, this.#company);
    const standing = standingOf(person, sums, position);
    const match =
      this.#compiled &&
      matchPerson(
        this.#compiled,
        metrics.map((metric) => metric?.value ?? null),
        standing,
      );
    return {
      metrics,
      match,
      row: {
        userId: person.userId,
        modelVersion: this.#version?.version ?? null,
        mainDeptId: person.mainDeptId,
        doc: writeProfileDoc(this.#layout.metrics, metrics, standing),
        score: match?.score ?? null,
        coverage: match?.coverage ?? null,
        tier: match?.tier ?? null,
      },
    };
  }
}

function standingOf(person: ScoredPerson, sums: MetricSums, position: number): Standing {
  const hiredOn = person.hiredOn;
  return {
    employedDays: hiredOn === null ? null : sums.window.lastDay - dayNumber(hiredOn),
    scheduled: sums.sum(position, 'scheduledDays'),
    leave: sums.sum(position, 'leaveDays'),
  };
}
