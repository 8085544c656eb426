import {
  byEnd,
  fromStart,
  inWindow,
  isKnown,
  isSegment,
  isStatus,
  type Condition,
  type EvidenceKind,
  type FieldOf,
} from './records.ts';

/** One look at the facts: which records of a kind are read, whatever metric they will count in. */
export interface Reading<Kind extends EvidenceKind = EvidenceKind> {
  readonly kind: Kind;
  readonly where: readonly Condition[];
  /** Of each person (and parameter) one record alone stands: the first, or the last, by this day. */
  readonly keeps?: { readonly end: 'first' | 'last'; readonly by: string };
}

/* @__NO_SIDE_EFFECTS__ */
const reading = <Kind extends EvidenceKind>(
  kind: Kind,
  where: readonly Condition<FieldOf<Kind>>[],
  keeps?: { readonly end: 'first' | 'last'; readonly by: FieldOf<Kind> },
): Reading<Kind> => ({ kind, where, ...(keeps && { keeps }) });

/**
 * Every reading that a metric may rest on. The server makes one query of each; what a reading's conditions say is
 * tested again where records are counted, so that a query may give more than was asked.
 */
export const readings = {
  /** Deals that closed in the window or later, or are open. */
  deals: reading('deal', [fromStart('closedDay')]),
  /** The first won large deal of any time. */
  firstLargeWin: reading('deal', [isSegment('large'), isStatus('won'), byEnd('closedDay')], {
    end: 'first',
    by: 'closedDay',
  }),
  /** Sales roles held by the period end, each with the day on which the next one began. */
  roles: reading('role', [byEnd('fromDay')]),
  requests: reading('collaboration', [inWindow('requestedQuarter')]),
  resolutions: reading('collaboration', [inWindow('resolvedQuarter')]),
  renewals: reading('renewal', [inWindow('dueQuarter')]),
  feedback: reading('feedback', [inWindow('givenQuarter'), isKnown('scoreTenths')]),
  /** Trainings of any time up to the period end; the parameter is the course. */
  trainings: reading('training', [byEnd('finishedDay')]),
  /** The latest assessment inside the window; the parameter is the dimension. */
  assessments: reading('assessment', [inWindow('takenDay')], { end: 'last', by: 'takenDay' }),
  attendance: reading('attendance', [inWindow('day')]),
} as const satisfies Record<string, Reading>;

export type ReadingName = keyof typeof readings;
export const readingNames = /* @__PURE__ */ Object.keys(readings) as ReadingName[];
/** Fields of the records that a reading gives. */
export type FieldOfReading<Name extends ReadingName> = FieldOf<(typeof readings)[Name]['kind']>;

/**
 * Some of a reading's records: those of `within` for which all conditions of at least one of `anyOf` hold. The same set
 * says what is summed and which records stand behind a metric.
 */
export interface RecordSet {
  readonly reading: ReadingName;
  readonly within: RecordSet | null;
  readonly anyOf: readonly (readonly Condition[])[];
}

/** The records of a reading for which every condition holds. */
/* @__NO_SIDE_EFFECTS__ */
export const recordsOf = <Name extends ReadingName>(
  name: Name,
  ...conditions: readonly Condition<FieldOfReading<Name>>[]
): NamedSet<Name> => ({ reading: name, within: null, anyOf: [conditions] });

/** Those of a set for which every further condition holds. */
/* @__NO_SIDE_EFFECTS__ */
export const narrowed = <Name extends ReadingName>(
  set: NamedSet<Name>,
  ...conditions: readonly Condition<FieldOfReading<Name>>[]
): NamedSet<Name> => narrowedToAny(set, conditions);

/** Those of a set for which all conditions of one of the lists hold. */
/* @__NO_SIDE_EFFECTS__ */
export const narrowedToAny = <Name extends ReadingName>(
  set: NamedSet<Name>,
  ...anyOf: readonly (readonly Condition<FieldOfReading<Name>>[])[]
): NamedSet<Name> => ({ reading: set.reading, within: set, anyOf });

export interface NamedSet<Name extends ReadingName> extends RecordSet {
  readonly reading: Name;
}

/** A number per person that records add up to. */
export type Sum =
  | { readonly of: RecordSet; readonly add: 'count' }
  | { readonly of: RecordSet; readonly add: 'total'; readonly field: string }
  /** Days between two fields; one after the period end, or not come yet, counts as the period end. */
  | { readonly of: RecordSet; readonly add: 'days'; readonly from: string; readonly to: string }
  /** 1 once there is a record. */
  | { readonly of: RecordSet; readonly add: 'any' }
  /** The earliest day; 0: none. */
  | { readonly of: RecordSet; readonly add: 'earliest'; readonly field: string }
  /** The field of the record that is latest by `by`, + 1; 0: none. Takes the next number too, for that day. */
  | { readonly of: RecordSet; readonly add: 'latest'; readonly field: string; readonly by: string };

/* @__NO_SIDE_EFFECTS__ */
export const count = (of: RecordSet): Sum => ({ of, add: 'count' });
/* @__NO_SIDE_EFFECTS__ */
export const any = (of: RecordSet): Sum => ({ of, add: 'any' });
/* @__NO_SIDE_EFFECTS__ */
export const total = <Name extends ReadingName>(of: NamedSet<Name>, field: FieldOfReading<Name>): Sum => ({
  of,
  add: 'total',
  field,
});
/* @__NO_SIDE_EFFECTS__ */
export const days = <Name extends ReadingName>(
  of: NamedSet<Name>,
  from: FieldOfReading<Name>,
  to: FieldOfReading<Name>,
): Sum => ({ of, add: 'days', from, to });
/* @__NO_SIDE_EFFECTS__ */
export const earliest = <Name extends ReadingName>(of: NamedSet<Name>, field: FieldOfReading<Name>): Sum => ({
  of,
  add: 'earliest',
  field,
});
/* @__NO_SIDE_EFFECTS__ */
export const latest = <Name extends ReadingName>(
  of: NamedSet<Name>,
  field: FieldOfReading<Name>,
  by: FieldOfReading<Name>,
): Sum => ({ of, add: 'latest', field, by });

/** Numbers that a sum takes in a person's row. */
export const widthOf = (sum: Sum): 1 | 2 => (sum.add === 'latest' ? 2 : 1);
