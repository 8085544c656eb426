import type { MatchExplanation as ExplanationAnswer } from '../answers/match.ts';
import type { SalesRole, Tier } from '../messages/words.ts';
import type { MetricId } from '../metric/catalogue.ts';
import type { MetricValue, Supply } from '../metric/definition.ts';
import type { EvidenceKind } from '../metric/records.ts';
import { metricWindow } from '../metric/window.ts';
import { formatDecimal } from '../money/decimal.ts';
import type { Period } from '../period/quarter.ts';
import { indicatorsOf, metricInfoOf, type RoleModel } from '../role-model/content.ts';
import { compileModel } from './compile.ts';
import { asTwoDecimals, explainMatch, type MatchExplanation } from './explain.ts';
import type { Standing } from './score.ts';

/** Records behind one metric, newest first; all of one kind. */
export interface EvidenceIds {
  readonly kind: EvidenceKind;
  readonly ids: readonly string[];
}

/** All that an explanation is made of; the same for a frozen cycle and for the last rebuild. */
export interface ExplanationSource {
  readonly version: { readonly role: SalesRole; readonly version: number; readonly model: RoleModel };
  readonly period: Period;
  readonly values: { readonly metrics: ReadonlyMap<MetricId, MetricValue>; readonly standing: Standing };
  /** By metric, ten-thousandths; a metric without one is hidden or has none. */
  readonly teamAverages: ReadonlyMap<MetricId, number>;
  /** A metric without records has no entry. */
  readonly evidence: ReadonlyMap<MetricId, EvidenceIds>;
}

/** What `explain match` prints. */
export interface ExplainMatchDocument {
  readonly userId: string;
  readonly name: string;
  readonly period: Period;
  readonly model: { readonly role: SalesRole; readonly version: number };
  readonly score: number | null;
  readonly tier: Tier;
  readonly coverage: number;
  readonly dimensions: readonly {
    readonly id: string;
    readonly weight: number;
    readonly score: number | null;
    readonly indicators: readonly ExplainedIndicator[];
  }[];
  readonly missing: readonly {
    readonly metric: MetricId;
    readonly name: string;
    readonly suppliedBy: Supply;
  }[];
}

export interface ExplainedIndicator {
  readonly metric: MetricId;
  readonly value: number | null;
  readonly n: number;
  readonly floor: number;
  readonly target: number;
  readonly direction: 'up' | 'down';
  readonly weight: number;
  readonly attainment: number | null;
  readonly points: number | null;
  readonly teamAverage: number | null;
  readonly evidence: readonly { readonly kind: string; readonly id: string }[];
}

/** Score with all its parts, from stored values: exact and the same whenever it is made. */
export function explanationOf(source: ExplanationSource): MatchExplanation {
  const { model } = source.version;
  const metrics = [
    ...new Set([
      ...indicatorsOf(model).map((row) => row.metric),
      ...model.mustHave.map((must) => must.metric),
    ]),
  ];
  return explainMatch(
    compileModel(model, metrics),
    metrics.map((metric) => source.values.metrics.get(metric) ?? null),
    source.values.standing,
  );
}

const noEvidence: EvidenceIds = { kind: 'deal', ids: [] };
const orNull = <T, R>(value: T | null | undefined, of: (value: T) => R): R | null =>
  value === null || value === undefined ? null : of(value);
/** Ten-thousandths as the number that JSON shows: its shortest text is the decimal itself. */
const asFour = (value: number): number => Number(formatDecimal(value, 4));

/** The document of `explain match`: values with four decimals at most, scores and points with two. */
export function explainDocument(
  source: ExplanationSource,
  person: { readonly userId: string; readonly name: string },
): ExplainMatchDocument {
  const explained = explanationOf(source);
  return {
    userId: person.userId,
    name: person.name,
    period: source.period,
    model: { role: source.version.role, version: source.version.version },
    score: orNull(explained.score, asTwoDecimals),
    tier: explained.tier,
    coverage: asTwoDecimals(explained.coverage),
    dimensions: explained.dimensions.map((dimension) => ({
      id: dimension.id,
      weight: dimension.weight,
      score: orNull(dimension.score, asTwoDecimals),
      indicators: dimension.indicators.map((row) => {
        const { kind, ids } = source.evidence.get(row.metric) ?? noEvidence;
        return {
          metric: row.metric,
          value: orNull(row.value, asFour),
          n: row.n,
          floor: asFour(row.floor),
          target: asFour(row.target),
          direction: row.direction,
          weight: row.weight,
          attainment: orNull(row.attainment, asTwoDecimals),
          points: orNull(row.points, asTwoDecimals),
          teamAverage: orNull(source.teamAverages.get(row.metric), asFour),
          evidence: ids.map((id) => ({ kind, id })),
        };
      }),
    })),
    missing: explained.missing,
  };
}

/** What a screen says about the person besides the score itself. */
export interface ExplanationRoles {
  readonly tier: Tier | null;
  readonly presentRole: SalesRole | null;
  readonly targetRole: SalesRole | null;
  /** Before publication an employee sees values, but nothing of a score. */
  readonly hidesScore: boolean;
}

/** The explanation as screens read it. */
export function explanationAnswer(source: ExplanationSource, roles: ExplanationRoles): ExplanationAnswer {
  const explained = explanationOf(source);
  const { model } = source.version;
  const window = metricWindow(source.period, model.lookbackQuarters);
  const shown = <T>(value: T | null): T | null => (roles.hidesScore ? null : value);
  return {
    model: { role: source.version.role, version: source.version.version, name: model.name },
    scoreHundredths: shown(explained.score),
    coverageHundredths: shown(explained.coverage),
    tier: shown(roles.tier),
    presentRole: roles.presentRole,
    targetRole: shown(roles.targetRole),
    thresholds: {
      transitionHundredths: model.thresholds.transition,
      trainHundredths: model.thresholds.train,
    },
    dimensions: explained.dimensions.map((dimension) => ({
      id: dimension.id,
      name: dimension.name,
      weight: dimension.weight,
      scoreHundredths: shown(dimension.score),
      indicators: dimension.indicators.map((row) => ({
        metric: row.metric,
        name: row.name,
        valueTenThousandths: row.value,
        n: row.n,
        floorTenThousandths: row.floor,
        targetTenThousandths: row.target,
        direction: row.direction,
        weight: row.weight,
        attainmentHundredths: shown(row.attainment),
        pointsHundredths: shown(row.points),
        fullPointsHundredths: shown(row.fullPoints),
        teamAverageTenThousandths: source.teamAverages.get(row.metric) ?? null,
        evidenceCount: (source.evidence.get(row.metric) ?? noEvidence).ids.length,
      })),
    })),
    missing: [...explained.missing],
    mustHave: model.mustHave.map((must) => {
      const value = source.values.metrics.get(must.metric)?.value ?? null;
      return {
        metric: must.metric,
        name: metricInfoOf(model, must.metric).name,
        atLeastTenThousandths: must.atLeast,
        valueTenThousandths: value,
        isMet: value !== null && value >= must.atLeast,
      };
    }),
    windowFrom: window.firstOn,
    windowTo: window.lastOn,
  };
}
