import { dayName, fill, publishText } from '@shigang/shared';
import type { PreviewTier, PublishPreview } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { ResultChip } from '../people/person-row.tsx';

const counted = (
  count: number,
  words: 'publish.sheet' | 'publish.piece' | 'publish.plan' | 'publish.waits',
): string => (count === 0 ? publishText['publish.none'] : fill(publishText[words], { count }));

const ALWAYS: ReadonlySet<PreviewTier['tier']> = new Set(['transition', 'train', 'reassign']);

/** Cards, approvals and courses per tier, and when each goes out. */
export function TierTable({ preview, nowAt }: { preview: PublishPreview; nowAt: string }): ReactNode {
  const { tiers, managers, hrPeople } = preview;
  const sum = (of: (row: PreviewTier) => number): number => tiers.reduce((all, row) => all + of(row), 0);
  // Tiers that nobody is in say something; the ways out of them only when somebody took one.
  const rows = tiers.filter(({ tier, people }) => people > 0 || ALWAYS.has(tier));
  const summary = managers.length + hrPeople.length;
  const waiting = sum((row) => row.approvalsWaiting);
  const approvals = sum((row) => row.approvals);
  return (
    <div className="scroll" tabIndex={0} role="group" aria-labelledby="who">
      <table className="sends n">
        <thead>
          <tr>
            <th scope="col">{publishText['publish.tier']}</th>
            <th scope="col">{publishText['publish.people']}</th>
            <th scope="col">{publishText['publish.cards']}</th>
            <th scope="col">{publishText['publish.approvals']}</th>
            <th scope="col">{publishText['publish.training']}</th>
            <th scope="col">{publishText['publish.when']}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <TierRow key={row.tier} row={row} />
          ))}
          <tr>
            <th scope="row">{publishText['publish.managers']}</th>
            <td>{summary}</td>
            <td>{fill(publishText['publish.summary'], { count: summary })}</td>
            <td>{publishText['publish.none']}</td>
            <td>{publishText['publish.none']}</td>
            <td>{publishText['publish.now']}</td>
          </tr>
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{publishText['publish.total']}</th>
            <td>{preview.people + summary}</td>
            <td>{fill(publishText['publish.totalCards'], { cards: sum((row) => row.cards), summary })}</td>
            <td>
              {waiting === 0
                ? counted(approvals, 'publish.piece')
                : fill(publishText['publish.totalApprovals'], { now: approvals, later: waiting })}
            </td>
            <td>
              {counted(
                sum((row) => row.trainingPlans),
                'publish.plan',
              )}
            </td>
            <td>
              <span>{fill(publishText['publish.due'], { day: dayName(preview.replyDueOn, nowAt) })}</span>
              <small>
                {fill(publishText['publish.earliest'], {
                  day: dayName(preview.earliestEffectiveOn, nowAt),
                })}
              </small>
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function TierRow({ row }: { row: PreviewTier }): ReactNode {
  const { tier, people, cards, approvals, approvalsWaiting, trainingPlans } = row;
  const when = cards === 0 ? 'publish.nothing' : 'publish.now';
  return (
    <tr>
      <th scope="row">
        <ResultChip result={tier} />
      </th>
      <td>{people}</td>
      <td>{counted(cards, 'publish.sheet')}</td>
      <td>
        {approvals > 0 || approvalsWaiting === 0 ? <span>{counted(approvals, 'publish.piece')}</span> : null}
        {approvalsWaiting === 0 ? null : <small>{counted(approvalsWaiting, 'publish.waits')}</small>}
      </td>
      <td>{counted(trainingPlans, 'publish.plan')}</td>
      <td>
        <span>{publishText[when]}</span>
        {approvalsWaiting === 0 ? null : <small>{publishText['publish.later']}</small>}
      </td>
    </tr>
  );
}
