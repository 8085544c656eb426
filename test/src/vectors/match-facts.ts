import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  dayNumber,
  factsOfModel,
  fen,
  metricWindow,
  MetricSums,
  parseDecimal,
  parseRoleModel,
  period,
  quarterIndexOfDay,
  segmentOf,
  sumLayout,
  type CompanyRecords,
  type DealStatus,
  type RoleModel,
  type SalesRole,
  type Segment,
} from '@shigang/shared';
import {
  addAssessment,
  addDeal,
  addFeedback,
  addLargeWon,
  addRenewal,
  addRequest,
  addResolution,
  addTraining,
} from './sum-records.ts';

/** A worked case: facts in the columns of the import files, a model, and the figures that must come out. */
export interface MatchVector {
  readonly period: string;
  readonly model: unknown;
  readonly employees: readonly { userid: string; hiredOn: string }[];
  readonly roles: readonly { employee: string; role: SalesRole; valid_from: string }[];
  readonly deals: readonly VectorDeal[];
  readonly renewals: readonly { employee: string; due_on: string; renewed: string }[];
  readonly feedback: readonly { employee: string; given_on: string; score: string }[];
  readonly collaborations: readonly VectorCollaboration[];
  readonly trainings: readonly { employee: string; course: string; finished_on: string; passed: string }[];
  readonly assessments: readonly { employee: string; dimension: string; taken_on: string; score: number }[];
  readonly expected: readonly {
    userid: string;
    score: number;
    coverage: number;
    tier: string;
    metrics: Record<string, string>;
  }[];
}
interface VectorDeal {
  readonly employee: string;
  readonly amount: string;
  readonly status: DealStatus;
  readonly opened_on: string;
  readonly closed_on: string;
  readonly segment?: Segment;
}
interface VectorCollaboration {
  readonly employee: string;
  readonly requested_at: string;
  readonly responded_at: string;
  readonly resolved_at: string;
  readonly solved: string;
}

export const readMatchVector = (name: string): MatchVector =>
  JSON.parse(readFileSync(join(__dirname, `${name}.json`), 'utf8')) as MatchVector;

/** Sums of a vector's people, in the order of its `employees`. */
export interface VectorSums {
  readonly model: RoleModel;
  readonly sums: MetricSums;
  readonly company: CompanyRecords;
}

const bounds = { mediumFromFen: fen(500_000), largeFromFen: fen(1_000_000) };
const dayOrNull = (text: string): number | null => (text === '' ? null : dayNumber(text));
const quarter = (text: string): number => quarterIndexOfDay(text.slice(0, 10));
/** Milliseconds of a wall time; only differences are used. */
const wallMs = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00Z`);

/** Adds a vector's facts in their order; `shuffle` may reorder each list first. */
export function sumVector(vector: MatchVector, shuffle: <T>(rows: readonly T[]) => readonly T[] = (rows) => rows): VectorSums {
  const model = parseRoleModel(vector.model);
  const window = metricWindow(period(vector.period), model.lookbackQuarters);
  const sums = new MetricSums(sumLayout(factsOfModel(model)), window, vector.employees.length);
  const at = new Map(vector.employees.map((employee, index) => [employee.userid, index]));
  const person = (userId: string): number => at.get(userId) ?? -1;
  for (const employee of vector.employees) {
    const roles = vector.roles
      .filter((role) => role.employee === employee.userid)
      .map((role) => ({ role: role.role, validFrom: dayNumber(role.valid_from) }));
    sums.addHistory(person(employee.userid), [{ firstDay: dayNumber(employee.hiredOn), lastDay: null }], roles);
  }
  for (const deal of shuffle(vector.deals)) addDealOf(sums, person(deal.employee), deal);
  for (const row of shuffle(vector.renewals)) {
    addRenewal(sums, person(row.employee), quarter(row.due_on), row.renewed === '是');
  }
  for (const row of shuffle(vector.feedback)) {
    addFeedback(sums, person(row.employee), quarter(row.given_on), parseDecimal(row.score, 1) ?? 0);
  }
  for (const row of shuffle(vector.collaborations)) addCollaboration(sums, person(row.employee), row);
  for (const row of shuffle(vector.trainings ?? [])) {
    addTraining(sums, person(row.employee), row.course, {
      finishedDay: dayNumber(row.finished_on),
      isPassed: row.passed === '是',
    });
  }
  for (const row of shuffle(vector.assessments)) {
    addAssessment(sums, person(row.employee), row.dimension, {
      takenDay: dayNumber(row.taken_on),
      score: row.score * 10_000,
    });
  }
  const inWindow = (text: string): boolean => quarter(text) >= window.firstQuarter && quarter(text) <= window.lastQuarter;
  const company = {
    collaborations: vector.collaborations.some((row) => inWindow(row.requested_at)),
    trainings: (vector.trainings ?? []).some((row) => inWindow(row.finished_on)),
  };
  return { model, sums, company };
}

function addDealOf(sums: MetricSums, person: number, deal: VectorDeal): void {
  const amountFen = deal.amount === '' ? null : fen(parseDecimal(deal.amount, 2) ?? 0);
  const segment = segmentOf({ status: deal.status, amountFen, statedSegment: deal.segment ?? null }, bounds);
  const closedDay = dayOrNull(deal.closed_on);
  addDeal(sums, person, { segment, status: deal.status, openedDay: dayOrNull(deal.opened_on), closedDay });
  if (segment === 'large' && deal.status === 'won' && closedDay !== null) addLargeWon(sums, person, closedDay);
}

function addCollaboration(sums: MetricSums, person: number, row: VectorCollaboration): void {
  const answered = row.responded_at !== '';
  addRequest(
    sums,
    person,
    quarter(row.requested_at),
    answered ? (wallMs(row.responded_at) - wallMs(row.requested_at)) / 1000 : null,
  );
  if (row.resolved_at !== '') addResolution(sums, person, quarter(row.resolved_at), row.solved === '是');
}
