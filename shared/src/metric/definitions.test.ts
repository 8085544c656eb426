import fc from 'fast-check';
import { metricNames } from '../messages/metrics.ts';
import { salesRoles, segments } from '../messages/words.ts';
import { period } from '../period/quarter.ts';
import { baseMetrics, type MetricId } from './catalogue.ts';
import type { MetricValue } from './definition.ts';
import { definitions, families } from './definitions/index.ts';
import { sumLayout, type ModelFacts } from './layout.ts';
import { readingNames, readings, type Reading, type ReadingName } from './readings.ts';
import { dealStatuses, fieldsOf, NEVER, roleCode, segmentCode, statusCode, UNKNOWN } from './records.ts';
import { setsBehind, type MetricSet } from './sets-behind.ts';
import { MetricSums, roleRecords } from './sums.ts';
import { metricValues, setBehind } from './values.ts';
import { metricWindow } from './window.ts';

/** A record with what it is read by. */
interface Given {
  readonly reading: ReadingName;
  readonly record: readonly number[];
  readonly parameter: string | undefined;
}

const window = metricWindow(period('2026Q3'), 4);
const facts: ModelFacts = { listedCourses: ['甲', '乙'], namedCourses: ['丙'], dimensions: ['insight'] };
const layout = sumLayout(facts);
const sets = setsBehind(window, facts);
const company = { collaborations: true, trainings: false };
const employed = [{ firstDay: null, lastDay: null }];

const day = fc.integer({ min: window.firstDay - 200, max: window.lastDay + 200 });
const quarter = fc.integer({ min: window.firstQuarter - 2, max: window.lastQuarter + 2 });
const yes = fc.integer({ min: 0, max: 1 });
const orUnknown = (some: fc.Arbitrary<number>): fc.Arbitrary<number> =>
  fc.oneof({ weight: 4, arbitrary: some }, { weight: 1, arbitrary: fc.constant(UNKNOWN) });
const given = (
  reading: ReadingName,
  fields: readonly fc.Arbitrary<number>[],
  parameter: fc.Arbitrary<string | undefined> = fc.constant(undefined),
): fc.Arbitrary<Given> =>
  fc.record({ reading: fc.constant(reading), record: fc.tuple(...fields), parameter });

const segment = fc.constantFrom(...segments, null).map(segmentCode);
const deal = fc
  .constantFrom(...dealStatuses)
  .chain((status) =>
    given('deals', [
      segment,
      fc.constant(statusCode(status)),
      orUnknown(day),
      status === 'open' ? fc.constant(NEVER) : day,
    ]),
  );
const part = fc.integer({ min: 0, max: 10_000 });
const anyRecord = fc.oneof(
  deal,
  given('firstLargeWin', [segment, fc.constant(statusCode('won')), fc.constant(UNKNOWN), day]),
  given('requests', [quarter, orUnknown(fc.nat(500_000)), fc.constant(UNKNOWN), fc.constant(UNKNOWN)]),
  given('resolutions', [fc.constant(UNKNOWN), fc.constant(UNKNOWN), quarter, yes]),
  given('renewals', [quarter, yes]),
  given('feedback', [quarter, orUnknown(fc.nat(100))]),
  given('trainings', [day, yes], fc.constantFrom('甲', '乙', '丙', '丁')),
  given('assessments', [day, fc.nat(1_000_000)], fc.constantFrom('insight', 'care')),
  given('attendance', [day, part, part, part]),
);
const roles = fc
  .uniqueArray(fc.record({ role: fc.constantFrom(...salesRoles), validFrom: day }), {
    selector: (role) => role.validFrom,
    maxLength: 4,
  })
  .map((history) => [...history].sort((a, b) => a.validFrom - b.validFrom));

function sumsOf(records: readonly Given[]): MetricSums {
  const sums = new MetricSums(layout, window, 1);
  sums.addHistory(0, employed, []);
  for (const { reading, record, parameter } of records) sums.add(reading, 0, record, parameter);
  return sums;
}

const valueOf = (sums: MetricSums, metric: MetricId): MetricValue | null =>
  metricValues(sums, 0, company)[layout.metrics.indexOf(metric)] ?? null;

/** The records that the definition names, as the server finds them. */
function behind(metric: MetricId, records: readonly Given[]): Given[] {
  const own = (set: MetricSet): Given[] =>
    records.filter(
      ({ reading, record, parameter }) =>
        reading === set.reading && set.metricOf(parameter) === metric && set.has(record),
    );
  const index = baseMetrics.findIndex((id) => id === metric);
  const position = index < 0 ? 0 : setBehind(sumsOf(records), 0, index);
  return sets.filter((set) => set.position === position).flatMap((set) => kept(set.reading, own(set)));
}

function kept(reading: ReadingName, records: Given[]): Given[] {
  const { kind, keeps }: Reading = readings[reading];
  if (keeps === undefined) return records;
  const at = fieldsOf(kind).indexOf(keeps.by);
  const sorted = [...records].sort((a, b) => (a.record[at] ?? 0) - (b.record[at] ?? 0));
  return keeps.end === 'first' ? sorted.slice(0, 1) : sorted.slice(-1);
}

describe('definitions', () => {
  test('every metric has its line in the catalogue of words', () => {
    for (const { id } of definitions) expect(metricNames).toHaveProperty(id);
  });

  test('every reading serves a metric, and every sum is made of records', () => {
    const used = [...definitions, ...Object.values(families)].flatMap(({ sums }) => Object.values(sums));
    expect(new Set(used.map((sum) => sum.of.reading))).toEqual(new Set(readingNames));
  });

  test('no two sums share a name', () => {
    const names = definitions.flatMap(({ sums }) => Object.keys(sums));
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(layout.metrics)('%s: n counts the records behind it, and they alone give the value', (metric) => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 40 }), roles, (records, history) => {
        const withRoles = [
          ...records,
          ...roleRecords(history).map((record): Given => ({
            reading: 'roles',
            record: Array.from(record),
            parameter: undefined,
          })),
        ];
        const value = valueOf(sumsOf(withRoles), metric);
        const evidence = behind(metric, withRoles);
        expect(value?.n ?? 0).toBe(value === null ? 0 : evidence.length);
        // Nothing recorded: a count may be 0 by what others have, or by having held any sales role.
        if (evidence.length === 0) expect(value?.value ?? 0).toBe(0);
        else expect(valueOf(sumsOf(evidence), metric)).toEqual(value);
      }),
    );
  });

  test('a role’s code is its place in the list of words', () => {
    expect(salesRoles.map(roleCode)).toEqual([0, 1, 2]);
  });
});
