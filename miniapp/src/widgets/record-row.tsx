import { dayName, fill, money, outcomeNames, recordNames, staffText, trimmed } from '@shigang/shared';
import type { EvidenceRecord } from '@shigang/shared/answers';
import type { ReactNode } from 'react';

/** One record behind an indicator: what, when, and the figure that counts. */
export function RecordRow({ record, nowAt }: { record: EvidenceRecord; nowAt: string }): ReactNode {
  const { kind, id, on, title, outcome, text } = record;
  return (
    <li className="record">
      <div className="pair">
        <h3>{title ?? recordNames[kind]}</h3>
        <b className="n">{figureOf(record)}</b>
      </div>
      {text ? <p className={kind === 'feedback' ? 'quote' : 'subject'}>{text}</p> : null}
      <div className="pair n">
        <p>{`${dayName(on, nowAt)} · ${fill(staffText['evidence.number'], { id })}`}</p>
        <p>{outcome === null ? '' : outcomeNames[outcome]}</p>
      </div>
    </li>
  );
}

/** The record's own figures, the most telling first. */
function figureOf({ amountFen, scoreTenths, hoursHundredths, days }: EvidenceRecord): string {
  const figures = [
    scoreTenths === null ? null : fill(staffText['evidence.score'], { score: trimmed(scoreTenths * 10) }),
    amountFen === null ? null : money(amountFen),
    hoursHundredths === null ? null : fill(staffText['evidence.hours'], { hours: trimmed(hoursHundredths) }),
    days === null ? null : fill(staffText['evidence.days'], { days }),
  ];
  return figures.filter((figure) => figure !== null).join(' · ');
}
