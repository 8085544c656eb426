import { decideText, fill, wholeNumber } from '@shigang/shared';
import { useMemo, useState, type ReactNode } from 'react';
import type { Confirmed, CyclePeopleAnswer } from '../../../api/answers.ts';
import { deskClient } from '../../../api/desk-client.ts';
import type { Picked } from './use-picked.ts';
import { useWrite } from './use-write.ts';

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
        {confirm.trouble === '' ? statusOf(userIds.size, alone, done) : confirm.trouble}
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

function statusOf(chosen: number, alone: number, done: Confirmed | null): string {
  if (chosen === 0) return done === null ? '' : doneText(done);
  const picked = fill(decideText['pick.chosen'], { count: wholeNumber(chosen) });
  if (alone === 0) return picked;
  const left =
    alone === chosen
      ? decideText['pick.nothing']
      : fill(decideText['pick.reassign'], { count: wholeNumber(alone) });
  return `${picked}，${left}`;
}

const doneText = ({ confirmed, left }: Confirmed): string =>
  fill(decideText[left.length === 0 ? 'pick.done' : 'pick.doneLeft'], {
    count: wholeNumber(confirmed),
    left: wholeNumber(left.length),
  });
