import { daysBetween, divHalfUp, salesRoleNames, type SalesRole, type EvidenceIds } from '@shigang/shared';
import type { EvidenceRecord } from '@shigang/shared/answers';
import type { Predicate } from '../../access/index.ts';
import type { FactRecord, Facts } from '../facts/index.ts';

export interface RecordsRequest {
  readonly evidence: EvidenceIds;
  /** The period end: an open deal has been followed up to it. */
  readonly windowTo: string;
  readonly seen: (column: string) => Predicate;
}

interface EvidenceDeps {
  readonly facts: Facts;
}

/** The records of these ids that the asker may see, newest first; one that is gone by now is left out. */
export async function evidenceRecords(
  deps: EvidenceDeps,
  request: RecordsRequest,
): Promise<EvidenceRecord[]> {
  const { kind, ids } = request.evidence;
  const records = await deps.facts.recordsOf(kind, ids, request.seen);
  return records.map((record) => fromFact(record, request.windowTo));
}

function fromFact(record: FactRecord, windowTo: string): EvidenceRecord {
  const { kind, id, outcome, amountFen, text, openedOn } = record;
  const on = record.on ?? openedOn ?? windowTo;
  const endOn = outcome === 'open' ? windowTo : on;
  return {
    kind,
    id,
    on,
    title: kind === 'role' ? salesRoleNames[record.title as SalesRole] : record.title,
    outcome,
    amountFen,
    scoreTenths: record.scoreTenths ?? inTenths(record.scoreTenThousandths),
    days: openedOn === null ? null : daysBetween(openedOn, endOn),
    hoursHundredths: record.responseSec === null ? null : divHalfUp(record.responseSec, 36),
    text,
  };
}

const inTenths = (score: number | null): number | null => (score === null ? null : divHalfUp(score, 1_000));
