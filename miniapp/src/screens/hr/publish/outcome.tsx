import { decideText, fill, publishText, wholeNumber } from '@shigang/shared';
import { useEffect, useRef, type ReactNode } from 'react';
import type { CycleAnswer, CyclePeopleAnswer } from '../../../api/answers.ts';
import { usePeople } from '../cycle/use-cycle.ts';

/** How often the deliveries are looked at while some are on their way. */
const LOOK_MS = 3_000;

/** After publication: how many cards have arrived. Closing the page stops nothing. */
export function Outcome({ cycle }: { cycle: CycleAnswer }): ReactNode {
  const people = usePeople(cycle.cycleId, cycle, LOOK_MS);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const counts = people.data ? deliveries(people.data) : null;
  return (
    <section className="panel outcome n" aria-labelledby="outcome">
      <h2 id="outcome" tabIndex={-1} ref={heading}>
        {publishText['publish.done']}
      </h2>
      <p>{publishText['publish.doneHint']}</p>
      {counts === null ? null : (
        <div role="status">
          <progress
            max={Math.max(counts.all, 1)}
            value={counts.delivered}
            aria-label={publishText['publish.cards']}
          />
          <p>
            {fill(publishText['publish.sending'], {
              delivered: wholeNumber(counts.delivered),
              all: wholeNumber(counts.all),
            })}
          </p>
          {counts.troubled === 0 ? null : (
            <p>{fill(publishText['publish.sendingTrouble'], { count: wholeNumber(counts.troubled) })}</p>
          )}
        </div>
      )}
      <a className="btn" href={`/desk/cycles/${encodeURIComponent(cycle.cycleId)}`}>
        {decideText['cycle.board']}
      </a>
    </section>
  );
}

/** Codes of the column `notice`. */
const DELIVERED = 1;
const TROUBLED = 2;

function deliveries({ columns }: CyclePeopleAnswer): { all: number; delivered: number; troubled: number } {
  const count = (code: number): number => columns.notice.filter((one) => one === code).length;
  const [delivered, troubled] = [count(DELIVERED), count(TROUBLED)];
  return { all: delivered + troubled + count(0), delivered, troubled };
}
