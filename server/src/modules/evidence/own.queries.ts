import {
  isPublic,
  periodOfDay,
  type MatchExplanation as MatchExplained,
  type Period,
  type SalesRole,
  type Tier,
  explanationAnswer,
  explanationOf,
} from '@shigang/shared';
import type { Viewer } from '../../access/index.ts';
import { today } from '../../platform/clock.ts';
import { knownMetric, present, type MatchExplanation, type PersonFigures } from '../match/index.ts';
import { largestGapOf, strongestOf, type Measured } from '@shigang/shared';
import { cycleIdOf, findCycle, type Cycle } from '../cycle/index.ts';
import type { EvidenceDeps } from './deps.ts';
import { evidencePage } from './evidence.queries.ts';
import type {
  EvidencePage,
  HomeMatch,
  HomeMatchResult,
  IndicatorPoint,
  MatchState,
} from '@shigang/shared/answers';

/** A person's own match of a period: of a published cycle the score, before that the values alone. */
export interface OwnMatch {
  readonly period: Period;
  /** Quarters with a published score or with values of one's own, newest first; at least `period`. */
  readonly periods: Period[];
  readonly state: MatchState;
  readonly explanation: MatchExplanation | null;
  /** Business ms; null without figures. */
  readonly dataAt: number | null;
}

interface OwnSubject {
  readonly period: Period;
  readonly role: SalesRole;
}

interface OwnFigures {
  readonly state: MatchState;
  readonly figures: PersonFigures | null;
  readonly cycle: Cycle | null;
}

/** What HR decided; without a decision (a history cycle) the suggestion stands. */
interface Standing {
  readonly tier: Tier | null;
  readonly targetRole: SalesRole | null;
}

/** @param period default: the newest quarter with a published score, else with values, else the running one */
export async function ownMatch(
  deps: EvidenceDeps,
  viewer: Viewer,
  asked: { readonly period: Period | null; readonly role: SalesRole },
): Promise<OwnMatch> {
  const known = await ownPeriods(deps, viewer, asked.role);
  const period = asked.period ?? known.newest ?? periodOfDay(today(deps.clock));
  const { state, figures, cycle } = await ownFigures(deps, viewer, { period, role: asked.role });
  const standing = await standingOf(deps, viewer, { cycle, figures });
  return {
    period,
    periods: [...new Set([period, ...known.periods])].sort().reverse(),
    state,
    explanation:
      figures &&
      explanationAnswer(figures.source, {
        ...standing,
        presentRole: figures.presentRole,
        hidesScore: state !== 'published',
      }),
    dataAt: figures?.dataAt ?? null,
  };
}

/** The match part of the home page; nothing of a score before publication. */
export async function homeMatch(deps: EvidenceDeps, viewer: Viewer, subject: OwnSubject): Promise<HomeMatch> {
  const { state, figures, cycle } = await ownFigures(deps, viewer, subject);
  if (state !== 'published' || figures === null) return { state, result: null };
  const explained = explanationOf(figures.source);
  const { model } = figures.source.version;
  return {
    state,
    result: {
      scoreHundredths: explained.score,
      coverageHundredths: explained.coverage,
      ...(await standingOf(deps, viewer, { cycle, figures })),
      presentRole: figures.presentRole,
      thresholds: {
        transitionHundredths: model.thresholds.transition,
        trainHundredths: model.thresholds.train,
      },
      ...highlights(explained),
      missing: [...explained.missing],
    },
  };
}

/** Records behind one of one's own indicators. */
export interface OwnEvidence extends EvidencePage {
  /** Business ms. */
  readonly dataAt: number | null;
}

/** @throws AppError cycle.person_not_found, metric.unknown */
export async function ownEvidence(
  deps: EvidenceDeps,
  viewer: Viewer,
  subject: OwnSubject & { readonly metric: string; readonly after: number },
): Promise<OwnEvidence> {
  const { figures } = await ownFigures(deps, viewer, subject);
  const found = present(figures);
  const request = { viewer, userId: viewer.userId ?? '', data: 'profile' } as const;
  const page = await evidencePage(
    deps,
    { figures: found, request },
    knownMetric(found, subject.metric),
    subject.after,
  );
  return { ...page, dataAt: found.dataAt };
}

async function ownFigures(deps: EvidenceDeps, viewer: Viewer, subject: OwnSubject): Promise<OwnFigures> {
  const request = { viewer, userId: viewer.userId ?? '', data: 'profile' } as const;
  const cycle = await findCycle(deps.db, cycleIdOf(subject.period, subject.role));
  const published = cycle !== null && isPublic(cycle.state);
  if (published) {
    const figures = await deps.cycle.memberFigures(cycle, request);
    if (figures) return { state: 'published', figures, cycle };
  }
  const figures = await deps.match.liveFigures(subject, request);
  return { state: !published && figures !== null ? 'pending' : 'none', figures, cycle };
}

async function standingOf(
  deps: EvidenceDeps,
  viewer: Viewer,
  { cycle, figures }: { readonly cycle: Cycle | null; readonly figures: PersonFigures | null },
): Promise<Standing> {
  if (cycle === null || figures === null || !isPublic(cycle.state)) return { tier: null, targetRole: null };
  const [decision] = await deps.db.select<{ tier: Tier | null; targetRole: SalesRole | null }>(
    `SELECT tier, target_role AS targetRole FROM decisions
     WHERE cycle_id = ? AND user_id = ? AND current_key IS NOT NULL`,
    [cycle.cycleId, viewer.userId],
  );
  return decision ?? { tier: figures.suggested, targetRole: figures.suggestedRole };
}

/** Quarters in which the person has a published score, or values of their own. */
async function ownPeriods(
  deps: EvidenceDeps,
  viewer: Viewer,
  role: SalesRole,
): Promise<{ periods: Period[]; newest: Period | null }> {
  const published = await deps.db.select<{ period: Period }>(
    `SELECT c.period FROM review_cycles c JOIN cycle_members m ON m.cycle_id = c.cycle_id
     WHERE c.role = ? AND m.user_id = ? AND c.state IN ('published', 'closed') ORDER BY c.period DESC`,
    [role, viewer.userId],
  );
  const measured = await deps.db.select<{ period: Period }>(
    'SELECT period FROM profiles WHERE role = ? AND user_id = ? ORDER BY period DESC',
    [role, viewer.userId],
  );
  return {
    periods: [...published, ...measured].map((row) => row.period),
    newest: published[0]?.period ?? measured[0]?.period ?? null,
  };
}

/** Indicators named as strengths. */
const STRENGTHS = 3;

/** Up to three strengths, and the indicator with most to be got. */
function highlights(explained: MatchExplained): Pick<HomeMatchResult, 'strongest' | 'largestGap'> {
  const largestGap = largestGapOf(explained);
  return {
    strongest: strongestOf(explained, STRENGTHS).map(asPoint),
    largestGap: largestGap && asPoint(largestGap),
  };
}

const asPoint = (row: Measured): IndicatorPoint => ({
  metric: row.metric,
  name: row.name,
  valueTenThousandths: row.value,
  targetTenThousandths: row.target,
  attainmentHundredths: row.attainment,
  pointsHundredths: row.points,
  fullPointsHundredths: row.fullPoints,
});
