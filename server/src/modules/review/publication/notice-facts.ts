import {
  isPublic,
  metricInfoOf,
  previousPeriod,
  type DayString,
  type DecisionNoticeFacts,
  type DimensionExplanation,
  type MatchExplanation,
  type NoticeReading,
  type SalesRole,
  type Tier,
  explanationOf,
} from '@shigang/shared';
import type { Sql } from '../../../platform/database.ts';
import { roleModelVersion, type RoleModelVersion } from '../../match/index.ts';
import { readProfileDoc } from '../../profile/index.ts';
import { strongestOf, workableGapOf, type Measured } from '@shigang/shared';
import { cycleIdOf, findCycle, type Cycle } from '../../cycle/index.ts';
import type { ReviewDeps } from '../deps.ts';

/** A course of a training plan with the dimension it trains. */
export interface PlannedCourse {
  readonly course: string;
  readonly dimensionId: string;
  readonly dimensionName: string;
}

/** A decision as its notice tells it. */
export interface NoticePerson {
  readonly userId: string;
  readonly name: string;
  readonly tier: Tier;
  readonly presentRole: SalesRole;
  /** Null where the decision leads to no other role. */
  readonly change: {
    readonly toRole: SalesRole;
    readonly notBefore: DayString | null;
    readonly replyDueOn: DayString;
    readonly earliestOn: DayString;
    readonly plan: { readonly name: string } | null;
    readonly approverUserId: string | null;
  } | null;
}

export interface NoticeFacts {
  readonly facts: DecisionNoticeFacts;
  /** Of the tier `train` alone. */
  readonly courses: readonly PlannedCourse[];
}

export interface NoticeFactsRequest {
  readonly cycle: Cycle;
  readonly publishedOn: DayString;
  readonly people: readonly NoticePerson[];
}

/** People whose frozen figures are read at a time. */
const CHUNK = 500;
const STRENGTHS = 2;
/** Attainment from which an indicator is called a strength, hundredths. */
const STRONG = 6_000;
/** Dimensions that a training plan begins with. */
const TRAINED_DIMENSIONS = 2;

/** What the notices of these people say, from the figures that the cycle froze; a fixed number of queries per chunk. */
export async function noticeFactsOf(
  deps: ReviewDeps,
  sql: Sql,
  request: NoticeFactsRequest,
): Promise<Map<string, NoticeFacts>> {
  const { cycle, people } = request;
  const version = await roleModelVersion(sql, cycle.role, cycle.modelVersion);
  const previousId = await previousPublished(sql, cycle);
  const trainingDueOn = await deps.development.dueDay(request.publishedOn);
  const found = new Map<string, NoticeFacts>();
  for (let from = 0; from < people.length; from += CHUNK) {
    const chunk = people.slice(from, from + CHUNK);
    const known = await knownOf(sql, { cycle, previousId, chunk });
    for (const person of chunk) {
      const doc = known.docs.get(person.userId);
      if (doc === undefined) continue;
      found.set(person.userId, factsOf(person, { request, version, known, trainingDueOn, doc }));
    }
  }
  return found;
}

async function previousPublished(sql: Sql, cycle: Cycle): Promise<string> {
  const previous = await findCycle(sql, cycleIdOf(previousPeriod(cycle.period), cycle.role));
  return previous && isPublic(previous.state) ? previous.cycleId : '';
}

/** What the database knows of a chunk of people. */
interface Known {
  readonly docs: ReadonlyMap<string, string>;
  readonly previousScores: ReadonlyMap<string, number>;
  readonly passedCourses: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, string>;
  readonly offers: ReadonlyMap<string, number>;
}

interface KnownRequest {
  readonly cycle: Cycle;
  readonly previousId: string;
  readonly chunk: readonly NoticePerson[];
}

async function knownOf(sql: Sql, { cycle, previousId, chunk }: KnownRequest): Promise<Known> {
  const userIds = chunk.map((person) => person.userId);
  const approverIds = chunk.flatMap((person) => person.change?.approverUserId ?? []);
  const docs = await sql.select<{ id: string; doc: string }>(
    'SELECT user_id AS id, doc FROM cycle_members WHERE cycle_id = ? AND user_id IN (?) AND doc IS NOT NULL',
    [cycle.cycleId, userIds],
  );
  const scores = await sql.select<{ id: string; score: number }>(
    `SELECT user_id AS id, score_hundredths AS score FROM cycle_members
     WHERE cycle_id = ? AND user_id IN (?) AND score_hundredths IS NOT NULL`,
    [previousId, userIds],
  );
  const passed = await sql.select<{ id: string; course: string }>(
    'SELECT DISTINCT user_id AS id, course FROM trainings WHERE user_id IN (?) AND passed = 1',
    [userIds],
  );
  const names = await sql.select<{ id: string; name: string }>(
    'SELECT user_id AS id, name FROM employees WHERE user_id IN (?)',
    [[...userIds, ...approverIds]],
  );
  const offers = await sql.select<{ id: string; n: number }>(
    `SELECT d.user_id AS id, COUNT(*) AS n FROM decisions d
     JOIN notices t ON t.decision_id = d.decision_id AND t.wording = 1
     WHERE d.cycle_id = ? AND d.user_id IN (?) AND d.current_key IS NULL GROUP BY d.user_id`,
    [cycle.cycleId, userIds],
  );
  return {
    docs: new Map(docs.map((row) => [row.id, row.doc])),
    previousScores: new Map(scores.map((row) => [row.id, row.score])),
    passedCourses: new Set(passed.map((row) => courseKey(row.id, row.course))),
    names: new Map(names.map((row) => [row.id, row.name])),
    offers: new Map(offers.map((row) => [row.id, Number(row.n)])),
  };
}

const courseKey = (userId: string, course: string): string => `${userId}\n${course}`;

interface PersonContext {
  readonly request: NoticeFactsRequest;
  readonly version: RoleModelVersion;
  readonly known: Known;
  readonly trainingDueOn: DayString;
  readonly doc: string;
}

function factsOf(person: NoticePerson, context: PersonContext): NoticeFacts {
  const { request, version, known, doc } = context;
  const explained = explanationOf({
    version,
    period: request.cycle.period,
    values: readProfileDoc(doc),
    teamAverages: new Map(),
    evidence: new Map(),
  });
  const { change } = person;
  const courses = person.tier === 'train' ? coursesFor(person.userId, explained, context) : [];
  return {
    courses,
    facts: {
      recipientName: known.names.get(person.userId) ?? person.name,
      period: request.cycle.period,
      role: request.cycle.role,
      publishedOn: request.publishedOn,
      tier: person.tier,
      presentRole: person.presentRole,
      offeredRole: change?.toRole ?? null,
      scoreHundredths: explained.score,
      previousScoreHundredths: known.previousScores.get(person.userId) ?? null,
      strengths: strengthsOf(explained),
      gap: gapOf(explained),
      required: requiredOf(explained, version),
      consent: change && {
        dueOn: change.replyDueOn,
        earliestOn: change.earliestOn,
        notBefore: change.notBefore,
        planName: change.plan?.name ?? null,
        approverName:
          change.approverUserId === null ? null : (known.names.get(change.approverUserId) ?? null),
      },
      training:
        courses.length === 0
          ? null
          : { courses: courses.map((one) => one.course), dueOn: context.trainingDueOn },
      missing: explained.missing.map(({ name, suppliedBy }) => ({ name, suppliedBy })),
      earlierOffers: known.offers.get(person.userId) ?? 0,
      wording: 1,
    },
  };
}

/** Two strengths: reached ones or nearly so, else the best one alone. */
function strengthsOf(explained: MatchExplanation): NoticeReading[] {
  const best = strongestOf(explained, STRENGTHS);
  const strong = best.filter((row) => row.attainment >= STRONG);
  return (strong.length > 0 ? strong : best.slice(0, 1)).map(readingOf);
}

const gapOf = (explained: MatchExplanation): NoticeReading | null => {
  const found = workableGapOf(explained);
  return found && readingOf(found);
};

/** The requirement that alone keeps a person from `transition`. */
function requiredOf(
  explained: MatchExplanation,
  { model }: RoleModelVersion,
): DecisionNoticeFacts['required'] {
  const must = model.mustHave.find((one) => explained.unmet.includes(one.metric));
  if (!explained.isCapped || !must) return null;
  return { metric: must.metric, name: metricInfoOf(model, must.metric).name, atLeast: must.atLeast };
}

const readingOf = ({ metric, name, value, target, direction, n }: Measured): NoticeReading => ({
  ...{ metric, name, value, target, direction, n },
});

/** Courses of the weakest dimensions that have any, without those passed already. */
function coursesFor(userId: string, explained: MatchExplanation, context: PersonContext): PlannedCourse[] {
  const { model } = context.version;
  const coursesOf = (dimension: DimensionExplanation): PlannedCourse[] =>
    (model.dimensions.find((one) => one.id === dimension.id)?.courses ?? [])
      .filter((course) => !context.known.passedCourses.has(courseKey(userId, course)))
      .map((course) => ({ course, dimensionId: dimension.id, dimensionName: dimension.name }));
  const byWeakness = [...explained.dimensions].sort(
    (a, b) => (a.score ?? Number.POSITIVE_INFINITY) - (b.score ?? Number.POSITIVE_INFINITY),
  );
  return byWeakness
    .map(coursesOf)
    .filter((courses) => courses.length > 0)
    .slice(0, TRAINED_DIMENSIONS)
    .flat();
}
