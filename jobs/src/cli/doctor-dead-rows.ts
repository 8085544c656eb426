import { doctorText, fill } from '@shigang/shared';
import {
  DEAD_DAYS,
  deadInboxRows,
  deadOutboxRows,
  type Clock,
  type DeadRows,
  type Sql,
} from '@shigang/server';
import { bad, good, type Check } from './doctor-check.ts';

/** What was given up lately, on the way out and on the way in: kind, last error (it names a missing permission), fix. */
export async function checkDeadRows(sql: Sql, clock: Clock): Promise<Check[]> {
  const [out, arrived] = [await deadOutboxRows(sql, clock), await deadInboxRows(sql, clock)];
  const days = { days: DEAD_DAYS };
  return [
    out.length === 0
      ? good('outbox', fill(doctorText['doctor.outboxWell'], days))
      : bad('outbox', detailOf(out), fixesOf(out)),
    arrived.length === 0
      ? good('inbox', fill(doctorText['doctor.inboxWell'], days))
      : bad('inbox', detailOf(arrived), doctorText['doctor.fix.inbox']),
  ];
}

const detailOf = (dead: readonly DeadRows[]): string =>
  dead
    .map(({ kind, rows, error }) =>
      fill(doctorText['doctor.dead'], { kind, rows, error: error || doctorText['doctor.noError'] }),
    )
    .join('；');

/** One sentence for each family of kinds: `approval.start` and `approval.withdraw` have the same. */
const fixesOf = (dead: readonly DeadRows[]): string =>
  [...new Set(dead.map(({ kind }) => fixOf(kind.split('.')[0] ?? '')))].join('');

function fixOf(family: string): string {
  switch (family) {
    case 'approval':
    case 'development':
    case 'notice':
    case 'roster':
      return doctorText[`doctor.fix.${family}`];
    default:
      return doctorText['doctor.fix.other'];
  }
}
