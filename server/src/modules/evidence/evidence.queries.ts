import { directionOf, indicatorsOf, metricInfoOf, metricWindow, type MetricId } from '@shigang/shared';
import { visibleEmployees, type Viewer } from '../../access/index.ts';
import { evidenceRecords } from '../profile/index.ts';
import { knownMetric, present, type FiguresRequest, type PersonFigures } from '../match/index.ts';
import type { EvidenceDeps } from './deps.ts';
import type { EvidencePage } from '@shigang/shared/answers';

/** Records per page. */
const PAGE = 200;

/** One page of the records behind an indicator, newest first. @param after records to pass over */
export async function evidencePage(
  deps: EvidenceDeps,
  of: { readonly figures: PersonFigures; readonly request: FiguresRequest },
  metric: MetricId,
  after: number,
): Promise<EvidencePage> {
  const { source } = of.figures;
  const { model } = source.version;
  const window = metricWindow(source.period, model.lookbackQuarters);
  const { kind, ids } = source.evidence.get(metric) ?? {
    kind: metricInfoOf(model, metric).evidence,
    ids: [],
  };
  const records = await evidenceRecords(deps, {
    evidence: { kind, ids: ids.slice(after, after + PAGE) },
    windowTo: window.lastOn,
    // A manager sees the records behind a report's figure as the person does.
    seen: (column) => visibleEmployees(of.request.viewer, of.request.data, column),
  });
  const indicator = indicatorsOf(model).find((row) => row.metric === metric);
  const value = source.values.metrics.get(metric);
  return {
    period: source.period,
    indicator: {
      metric,
      name: metricInfoOf(model, metric).name,
      valueTenThousandths: value?.value ?? null,
      n: value?.n ?? 0,
      targetTenThousandths: indicator?.target ?? null,
      direction: indicator ? directionOf(indicator) : metricInfoOf(model, metric).direction,
      teamAverageTenThousandths: source.teamAverages.get(metric) ?? null,
    },
    windowFrom: window.firstOn,
    windowTo: window.lastOn,
    total: ids.length,
    records,
    next: after + PAGE < ids.length ? after + PAGE : null,
  };
}

/** Whose records, behind which indicator. */
export interface EvidenceSubject {
  readonly cycleId: string;
  readonly userId: string;
  readonly metric: string;
  /** Records to pass over. */
  readonly after: number;
}

/**
 * Records behind a member's indicator, for HR; the read is audited.
 * @throws AppError cycle.not_found, cycle.person_not_found (absent and not visible look alike), metric.unknown
 */
export async function cycleEvidence(
  deps: EvidenceDeps,
  viewer: Viewer,
  subject: EvidenceSubject,
): Promise<EvidencePage> {
  const cycle = await deps.cycle.visible(viewer, subject.cycleId);
  const request = { viewer, userId: subject.userId, data: 'cycle' } as const;
  const figures = present(await deps.cycle.memberFigures(cycle, request));
  await deps.audit.recordRead(deps.db, viewer, 'evidence', subject.userId);
  return evidencePage(deps, { figures, request }, knownMetric(figures, subject.metric), subject.after);
}
