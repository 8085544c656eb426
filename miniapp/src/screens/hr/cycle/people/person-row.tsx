import { decideText, deskText, fill, twoDecimals, twoDecimalsChange } from '@shigang/shared';
import type { CyclePeopleAnswer } from '@shigang/shared/answers';
import { memo, type ReactNode } from 'react';
import { TierChip } from '../../../../widgets/tier-chip.tsx';
import {
  changeAt,
  isNoticeTroubled,
  RESULTS,
  resultAt,
  stateAt,
  stateName,
  type Result,
} from './people-view.ts';

interface PersonRowProps {
  people: CyclePeopleAnswer;
  /** Row of the columns. */
  row: number;
  /** Position in the view. */
  position: number;
  /** Pixels from the top of the rows. */
  top: number;
  isActive: boolean;
  isOpen: boolean;
  /** Whether it is chosen for a bulk confirmation; null: nothing can be chosen. */
  isPicked: boolean | null;
  onOpen: () => void;
  onPick: () => void;
}

const same = (a: PersonRowProps, b: PersonRowProps): boolean =>
  a.people === b.people &&
  a.row === b.row &&
  a.position === b.position &&
  a.top === b.top &&
  a.isActive === b.isActive &&
  a.isOpen === b.isOpen &&
  a.isPicked === b.isPicked;

/** One person; drawn again only when something of the row changes. */
export const PersonRow = memo(function PersonRow(props: PersonRowProps): ReactNode {
  const { people, row, position, top, isActive, isOpen, isPicked, onOpen, onPick } = props;
  const { columns } = people;
  const result = RESULTS[resultAt(people, row)] ?? 'later';
  const score = columns.scoreHundredths[row] ?? -1;
  const change = changeAt(people, row);
  return (
    <div
      id={`row-${row}`}
      role="row"
      className={`row${isActive ? ' active' : ''}`}
      aria-rowindex={position + 2}
      aria-selected={isOpen}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onOpen}
    >
      {isPicked === null ? null : (
        <div role="gridcell" className="pick">
          <input
            type="checkbox"
            tabIndex={-1}
            checked={isPicked}
            aria-label={fill(decideText['pick.one'], { name: columns.name[row] ?? '' })}
            onClick={(event) => event.stopPropagation()}
            onChange={onPick}
          />
        </div>
      )}
      <div role="gridcell" className="name">
        <b>{columns.name[row]}</b>
        <small>{columns.jobNumber[row]}</small>
      </div>
      <div role="gridcell" className="department">
        {people.departments[columns.department[row] ?? -1] ?? ''}
      </div>
      <div role="gridcell" className="score n">
        {score < 0 ? null : <ScoreMark score={score} result={result} />}
        <b>{score < 0 ? '–' : twoDecimals(score)}</b>
      </div>
      <div role="gridcell" className="change n">
        {change === null ? '–' : twoDecimalsChange(change)}
      </div>
      <div role="gridcell" className="result">
        <ResultChip result={result} />
      </div>
      <div role="gridcell" className="gap">
        {people.gaps[columns.gap[row] ?? -1] ?? ''}
      </div>
      <div role="gridcell" className="decision">
        <span>{stateName(stateAt(people, row))}</span>
        {isNoticeTroubled(people, row) ? (
          <small title={decideText['list.notice']}>
            <span aria-hidden="true">!</span>
            <span className="sr">{decideText['list.notice']}</span>
          </small>
        ) : null}
      </div>
    </div>
  );
}, same);

/** A tier's chip; "later" and "left" are no tiers and have none of their colours. */
export function ResultChip({ result }: { result: Result }): ReactNode {
  if (result !== 'later' && result !== 'left') return <TierChip tier={result} />;
  return <span className="tier none">{deskText[`tier.${result}`]}</span>;
}

/** The score as a bar of 64 pixels; the grid's own properties say where the limits are. */
function ScoreMark({ score, result }: { score: number; result: Result }): ReactNode {
  return <i className={`mark ${result}`} style={{ backgroundSize: `${Math.round(score / 100)}% 100%` }} />;
}
