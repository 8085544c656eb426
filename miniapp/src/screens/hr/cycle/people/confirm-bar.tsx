import { decideText, fill, wholeNumber } from '@shigang/shared';
import type { Confirmed, CyclePeopleAnswer } from '@shigang/shared/answers';
import { useMemo, useState, type ReactNode } from 'react';
import { deskClient } from '../../../../api/desk-client.ts';
import type { Picked } from './use-picked.ts';
import { useWrite } from '../../../../desk/use-write.ts';

interface ConfirmBarProps {
  cycleId: string;
  people: CyclePeopleAnswer;
  picked: Picked;
}

/** Position of `reassign` among the tiers. */
const REASSIGN = 2;

/** Confirms the suggestions of the chosen people at once; `reassign` is left out, and the bar says so. */
export function ConfirmBar({ cycleId, people, picked }: ConfirmBarProps): ReactNode {
  const [done, setDone] = useState<Confirmed | null>(null);
  const { userIds } = picked;
  const alone = useMemo(() => reassigned(people, userIds), [people, userIds]);
  const confirm = useWrite({
    act: (chosen: readonly string[]) => deskClient.confirm(cycleId, { userIds: chosen }),
    onDone: (confirmed) => {
      setDone(confirmed);
      picked.clear();
    },
  });
  const start = (): void => {
    setDone(null);
    confirm.run([...userIds]);
  };
  const isNothing = alone === userIds.size;
  return (
    <div className={userIds.size === 0 ? 'bulk quiet' : 'bulk'}>
      <p className="n" role="status">
        {confirm.trouble === '' ? statusOf(people, { chosen: userIds.size, alone, done }) : confirm.trouble}
      </p>
      {userIds.size === 0 ? null : (
        <>
          <button className="plain" onClick={picked.clear}>
            {decideText['pick.clear']}
          </button>
          <button
            className="btn"
            aria-disabled={isNothing || confirm.isBusy}
            onClick={() => (isNothing ? undefined : start())}
          >
            {decideText['pick.confirm']}
          </button>
        </>
      )}
    </div>
  );
}

function reassigned({ columns }: CyclePeopleAnswer, userIds: ReadonlySet<string>): number {
  let count = 0;
  if (userIds.size === 0) return count;
  columns.userId.forEach((userId, row) => {
    if (userIds.has(userId) && columns.suggestedTier[row] === REASSIGN && columns.decision[row] === -1)
      count += 1;
  });
  return count;
}

interface Status {
  chosen: number;
  /** Those among them who have to be decided one by one. */
  alone: number;
  done: Confirmed | null;
}

function statusOf(people: CyclePeopleAnswer, { chosen, alone, done }: Status): string {
  if (chosen === 0) {
    if (people.columns.decision.every((one, row) => one >= 0 || people.columns.left[row] === 1))
      return decideText['pick.allDecided'];
    return done === null ? '' : doneText(people, done);
  }
  const picked = fill(decideText['pick.chosen'], { count: wholeNumber(chosen) });
  if (alone === 0) return picked;
  const left =
    alone === chosen
      ? decideText['pick.nothing']
      : fill(decideText['pick.reassign'], { count: wholeNumber(alone) });
  return `${picked}，${left}`;
}

/** What was confirmed, and how many of those left out are still to be decided. */
function doneText({ columns }: CyclePeopleAnswer, { confirmed, left }: Confirmed): string {
  const open = left.filter(({ userId }) => columns.decision[columns.userId.indexOf(userId)] === -1).length;
  return fill(decideText[open === 0 ? 'pick.done' : 'pick.doneLeft'], {
    count: wholeNumber(confirmed),
    left: wholeNumber(open),
  });
}
