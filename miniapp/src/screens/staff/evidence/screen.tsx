import { fullDayName, fill, metricValue, periodName, staffText } from '@shigang/shared';
import type { EvidenceAnswer } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { paths } from '../../../staff/pages.ts';
import { Empty } from '../../../staff/empty.tsx';
import { Page } from '../../../staff/page.tsx';
import { RecordRow } from '../../../widgets/record-row.tsx';

/** The records behind one indicator, newest first. */
export function EvidenceScreen({ answer }: { answer: EvidenceAnswer }): ReactNode {
  const { indicator, records, nowAt, windowFrom, windowTo, total } = answer;
  const { metric, name, valueTenThousandths: value } = indicator;
  return (
    <Page page="evidence" head={answer}>
      <section className="card">
        <h2 className="small-title">{name}</h2>
        <div className="total">
          <p className="n">{value === null ? staffText['evidence.none'] : metricValue(metric, value)}</p>
          <span className="tag">{periodName(answer.period)}</span>
        </div>
        <p className="hint n">{contextOf(indicator)}</p>
        <p className="hint n">
          {fill(staffText['evidence.count'], {
            from: fullDayName(windowFrom),
            to: fullDayName(windowTo),
            total,
          })}
        </p>
      </section>
      <section className="card flush" aria-label={staffText['title.evidence']}>
        {records.length === 0 ? (
          <Empty title={staffText['evidence.empty']} hint={staffText['evidence.emptyHint']} />
        ) : (
          <ul>
            {records.map((record) => (
              <RecordRow key={record.id} record={record} nowAt={nowAt} />
            ))}
          </ul>
        )}
        {answer.next === null ? null : (
          <a className="more" href={`${paths.evidence(metric, answer.period)}&after=${answer.next}`}>
            {fill(staffText['evidence.more'], { count: Math.min(total - answer.next, records.length) })}
          </a>
        )}
      </section>
    </Page>
  );
}

function contextOf({
  metric,
  targetTenThousandths,
  teamAverageTenThousandths,
}: EvidenceAnswer['indicator']): string {
  const target =
    targetTenThousandths === null
      ? []
      : [fill(staffText['evidence.target'], { target: metricValue(metric, targetTenThousandths) })];
  const team =
    teamAverageTenThousandths === null
      ? []
      : [fill(staffText['evidence.team'], { team: metricValue(metric, teamAverageTenThousandths) })];
  return [...target, ...team].join(' · ');
}
