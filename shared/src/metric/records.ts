import { salesRoles, segments, type SalesRole, type Segment } from '../messages/words.ts';

/*
 * What metrics read of a record. Every field is a number, so that a condition is a comparison and a million rows are
 * read without a text: days are day numbers, quarters quarter indices, words their position in their list, yes 1 and no 0.
 */

export const dealStatuses = ['open', 'won', 'lost'] as const;
export type DealStatus = (typeof dealStatuses)[number];

/** What a field counts, as far as a window can be laid upon it. */
type FieldUnit = 'day' | 'quarter' | 'word' | 'number';

/** Fields by kind of record, in the order in which {@link MetricRecord} holds them. */
const kindFields = {
  deal: { segment: 'word', status: 'word', openedDay: 'day', closedDay: 'day' },
  collaboration: {
    requestedQuarter: 'quarter',
    responseSec: 'number',
    resolvedQuarter: 'quarter',
    isSolved: 'number',
  },
  renewal: { dueQuarter: 'quarter', isRenewed: 'number' },
  feedback: { givenQuarter: 'quarter', scoreTenths: 'number' },
  training: { finishedDay: 'day', isPassed: 'number' },
  assessment: { takenDay: 'day', scoreTenThousandths: 'number' },
  attendance: {
    day: 'day',
    scheduledTenThousandths: 'number',
    workedTenThousandths: 'number',
    leaveTenThousandths: 'number',
  },
  role: { role: 'word', fromDay: 'day', toDay: 'day' },
} as const satisfies Record<string, Record<string, FieldUnit>>;

/** Kinds of record that can stand behind a metric. */
export type EvidenceKind = keyof typeof kindFields;
export type FieldOf<Kind extends EvidenceKind> = Kind extends unknown
  ? keyof (typeof kindFields)[Kind] & string
  : never;

/** One record by the numbers of its kind's fields. */
export type MetricRecord = ArrayLike<number>;

/** A day or number that nobody knows: no condition holds of it. */
export const UNKNOWN = Number.NaN;
/** A day that has not come yet: the closing of an open deal, the end of the present role. */
export const NEVER = Number.POSITIVE_INFINITY;

/** Names of a kind's fields in their order. */
export const fieldsOf = (kind: EvidenceKind): readonly string[] => Object.keys(kindFields[kind]);

export const unitOfField = (kind: EvidenceKind, field: string): FieldUnit | undefined =>
  (kindFields[kind] as Readonly<Record<string, FieldUnit>>)[field];

/* @__NO_SIDE_EFFECTS__ */
const codesOf = <Word extends string>(words: readonly Word[]): Readonly<Record<Word, number>> =>
  Object.fromEntries(words.map((word, code) => [word, code])) as Record<Word, number>;
const segmentCodes = codesOf(segments);
const statusCodes = codesOf(dealStatuses);
const roleCodes = codesOf(salesRoles);

/* @__NO_SIDE_EFFECTS__ */
export const segmentCode = (segment: Segment | null): number =>
  segment === null ? UNKNOWN : segmentCodes[segment];
/* @__NO_SIDE_EFFECTS__ */
export const statusCode = (status: DealStatus): number => statusCodes[status];
/* @__NO_SIDE_EFFECTS__ */
export const roleCode = (role: SalesRole): number => roleCodes[role];

/** A condition on one field of a record; the window is that of the period. */
export type Condition<Field extends string = string> =
  | { readonly field: Field; readonly test: 'is'; readonly value: number }
  /** Known and inside the window. */
  | { readonly field: Field; readonly test: 'in_window' }
  /** On the window's last day or earlier. */
  | { readonly field: Field; readonly test: 'by_end' }
  /** Later than the window, or not yet. */
  | { readonly field: Field; readonly test: 'after_end' }
  /** Inside the window or later, or not yet. */
  | { readonly field: Field; readonly test: 'from_start' }
  | { readonly field: Field; readonly test: 'known' };

/* @__NO_SIDE_EFFECTS__ */
export const inWindow = <Field extends string>(field: Field): Condition<Field> => ({
  field,
  test: 'in_window',
});
/* @__NO_SIDE_EFFECTS__ */
export const byEnd = <Field extends string>(field: Field): Condition<Field> => ({ field, test: 'by_end' });
/* @__NO_SIDE_EFFECTS__ */
export const afterEnd = <Field extends string>(field: Field): Condition<Field> => ({
  field,
  test: 'after_end',
});
/* @__NO_SIDE_EFFECTS__ */
export const fromStart = <Field extends string>(field: Field): Condition<Field> => ({
  field,
  test: 'from_start',
});
/* @__NO_SIDE_EFFECTS__ */
export const isKnown = <Field extends string>(field: Field): Condition<Field> => ({ field, test: 'known' });
/* @__NO_SIDE_EFFECTS__ */
const is = <Field extends string>(field: Field, value: number): Condition<Field> => ({
  field,
  test: 'is',
  value,
});
/* @__NO_SIDE_EFFECTS__ */
export const isYes = <Field extends string>(field: Field): Condition<Field> => is(field, 1);
/* @__NO_SIDE_EFFECTS__ */
export const isSegment = (segment: Segment): Condition<'segment'> => is('segment', segmentCode(segment));
/* @__NO_SIDE_EFFECTS__ */
export const isStatus = (status: DealStatus): Condition<'status'> => is('status', statusCode(status));
/* @__NO_SIDE_EFFECTS__ */
export const isRole = (role: SalesRole): Condition<'role'> => is('role', roleCode(role));
