import { decideText, fill, publishText, wholeNumber } from '@shigang/shared';
import type { CycleAnswer, CyclePeopleAnswer } from '@shigang/shared/answers';
import { useEffect, useRef, type ReactNode } from 'react';
import { usePeople } from '../use-people.ts';

/** How often the deliveries are looked at while some are on their way. */
const LOOK_MS = 3_000;

/** As long as a card is on its way. */
const lookAgain = (people: CyclePeopleAnswer | undefined): number | false => {
  if (people === undefined) return false;
  const { all, delivered, troubled } = deliveries(people);
  return delivered + troubled < all ? LOOK_MS : false;
};

/** After publication: how many cards have arrived. Closing the page stops nothing. */
export function Outcome({ cycle }: { cycle: CycleAnswer }): ReactNode {
  const people = usePeople(cycle.cycleId, cycle, lookAgain);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const counts = people.data ? deliveries(people.data) : null;
  return (
    <section className="panel outcome n" aria-labelledby="outcome">
      <h2 id="outcome" tabIndex={-1} ref={heading}>
        {publishText['publish.done']}
      </h2>
      <p>
        {
          publishText[
            counts?.delivered === counts?.all && counts !== null ? 'publish.arrived' : 'publish.doneHint'
          ]
        }
      </p>
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

/** Codes of the columns `notice` and `decision`. */
const NONE = -1;
const DELIVERED = 1;
const TROUBLED = 2;
const LATER = 4;

/** A card's row is there once its turn has come; until then it counts by the decision: everybody with a tier gets one. */
function deliveries({ columns }: CyclePeopleAnswer): { all: number; delivered: number; troubled: number } {
  const count = (code: number): number => columns.notice.filter((one) => one === code).length;
  const [delivered, troubled] = [count(DELIVERED), count(TROUBLED)];
  const isAwaited = (_: unknown, row: number): boolean =>
    columns.notice[row] === NONE && columns.left[row] === 0 && columns.decision[row] !== LATER;
  return {
    all: columns.notice.filter((one, row) => one !== NONE || isAwaited(one, row)).length,
    delivered,
    troubled,
  };
}
