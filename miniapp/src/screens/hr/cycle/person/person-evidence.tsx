import { deskText, fill, fullDayName, metricValue } from '@shigang/shared';
import type { CycleEvidenceAnswer } from '@shigang/shared/answers';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { deskClient, type EvidenceOf } from '../../../../api/desk-client.ts';
import { Icon } from '../../../../widgets/icon.tsx';
import { RecordRow } from '../../../../widgets/record-row.tsx';
import { DeskNotice, DeskProblem } from '../../../../desk/problem.tsx';

interface PersonEvidenceProps {
  of: EvidenceOf;
  nowAt: string;
  onBack: () => void;
}

/** The records behind one indicator of the open person. */
export function PersonEvidence({ of, nowAt, onBack }: PersonEvidenceProps): ReactNode {
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  const evidence = useInfiniteQuery({
    queryKey: ['evidence', of.cycleId, of.userId, of.metric],
    queryFn: ({ signal, pageParam }) => deskClient.evidence({ ...of, after: pageParam }, signal),
    initialPageParam: of.after,
    getNextPageParam: (page) => page.next,
  });
  const first = evidence.data?.pages[0];
  const records = evidence.data?.pages.flatMap((page) => page.records) ?? [];
  return (
    <section className="evidence">
      <button className="plain" ref={back} onClick={onBack}>
        <Icon name="left" size="x" />
        <span>{deskText['person.back']}</span>
      </button>
      {evidence.error ? <DeskProblem error={evidence.error} onRetry={() => void evidence.refetch()} /> : null}
      {first ? (
        <>
          <h3>
            <span>{first.indicator.name}</span>
            <span className="n">
              {first.indicator.valueTenThousandths === null
                ? deskText['person.noValue']
                : metricValue(first.indicator.metric, first.indicator.valueTenThousandths)}
            </span>
          </h3>
          <p className="note n">{contextOf(first)}</p>
          {records.length === 0 ? <DeskNotice title={deskText['person.evidenceNone']} hint="" /> : null}
          <ul>
            {records.map((record) => (
              <RecordRow key={record.id} record={record} nowAt={nowAt} />
            ))}
          </ul>
          {evidence.hasNextPage ? (
            <button className="plain" onClick={() => void evidence.fetchNextPage()}>
              {fill(deskText['person.evidenceMore'], { count: first.total - records.length })}
            </button>
          ) : null}
        </>
      ) : null}
    </section>
  );
}

/** Target, team average where there is one, window and number of records. */
function contextOf({ indicator, windowFrom, windowTo, total }: CycleEvidenceAnswer): string {
  const { metric, targetTenThousandths: target, teamAverageTenThousandths: team } = indicator;
  const pieces = [
    target === null ? null : fill(deskText['person.evidenceTarget'], { target: metricValue(metric, target) }),
    team === null ? null : fill(deskText['person.evidenceTeam'], { team: metricValue(metric, team) }),
    fill(deskText['person.evidenceCount'], {
      from: fullDayName(windowFrom),
      to: fullDayName(windowTo),
      total,
    }),
  ];
  return pieces.filter((piece) => piece !== null).join(' · ');
}
