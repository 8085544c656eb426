import { readFileSync } from 'node:fs';
import {
  segmentOf,
  segmentOfAmount,
  toFen,
  type OracleDeal,
  type OracleFacts,
  type OraclePerson,
  type OracleSegment,
  type SegmentBounds,
} from './oracle/facts.ts';

/** A mapping file as far as this data set needs it. */
interface CrmMapping {
  readonly values: Readonly<Record<'status' | 'segment' | 'product', Readonly<Record<string, string>>>>;
}

export interface CrmFacts {
  readonly facts: OracleFacts;
  readonly rows: number;
  /** Ids of the deals whose product's segment is not that of the amount (only where there is one above 0). */
  readonly segmentMismatch: readonly string[];
}

/** The data set's records hold no quotes, so a comma always ends a field. */
const records = (file: string): Record<string, string>[] => {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, index) => [names[index] ?? '', value])),
  );
};

/** `3/1/2017` → `2017-03-01`; empty stays empty. */
function usDay(text: string | undefined): string {
  if (!text) return '';
  const [month = '', day = '', year = ''] = text.split('/');
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Reads a file of the CRM data set for the oracle: the naive way, with nothing of the importer. */
export function readCrm(
  file: string,
  mapping: CrmMapping,
  people: readonly OraclePerson[],
  bounds: SegmentBounds,
): CrmFacts {
  const useridOf = new Map(people.map((person) => [person.name, person.userid]));
  const mismatch: string[] = [];
  const all = records(file);
  const deals = all.map((record): OracleDeal => {
    const id = record.opportunity_id ?? '';
    const userid = useridOf.get(record.sales_agent ?? '');
    const status = mapping.values.status[record.deal_stage ?? ''] as OracleDeal['status'] | undefined;
    const stated = mapping.values.segment[record.product ?? ''] as OracleSegment | undefined;
    if (!userid || !status || !stated)
      throw new Error(`record ${id} has a value that the mapping does not know`);
    const amountFen = record.close_value ? toFen(record.close_value) : null;
    if (amountFen !== null && amountFen > 0n && segmentOfAmount(amountFen, bounds) !== stated)
      mismatch.push(id);
    return {
      id,
      userid,
      segment: segmentOf({ stated, amountFen, status }, bounds),
      amountFen,
      status,
      openedOn: usDay(record.engage_date),
      closedOn: usDay(record.close_date),
      credits: new Map([[userid, 10_000n]]),
    };
  });
  const nothing = { renewals: [], feedback: [], collaborations: [], trainings: [], assessments: [] };
  return { facts: { people, deals, roles: [], ...nothing }, rows: all.length, segmentMismatch: mismatch };
}
