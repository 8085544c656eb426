import { fill, publishText, wholeNumber } from '@shigang/shared';
import type { PreviewRecipient, PublishPreview } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { ResultChip } from '../people/person-row.tsx';

/** Rows drawn at most; the rest can be looked up in the board's list. */
const SHOWN = 200;

/** Everybody who gets something, one row each. */
export function Recipients({ preview }: { preview: PublishPreview }): ReactNode {
  const { recipients } = preview;
  return (
    <details className="panel recipients">
      <summary>{publishText['publish.everyone']}</summary>
      <div className="scroll" tabIndex={0} role="group" aria-label={publishText['publish.everyone']}>
        <table className="sends n">
          <thead>
            <tr>
              <th scope="col">{publishText['publish.name']}</th>
              <th scope="col">{publishText['publish.tier']}</th>
              <th scope="col">{publishText['publish.cardTitle']}</th>
              <th scope="col">{publishText['publish.action']}</th>
            </tr>
          </thead>
          <tbody>
            {recipients.slice(0, SHOWN).map((one) => (
              <Row key={one.userId} recipient={one} />
            ))}
          </tbody>
        </table>
      </div>
      {recipients.length > SHOWN ? (
        <p className="note">
          {fill(publishText['publish.firstOf'], {
            shown: SHOWN,
            count: wholeNumber(recipients.length),
          })}
        </p>
      ) : null}
    </details>
  );
}

function Row({ recipient }: { recipient: PreviewRecipient }): ReactNode {
  const { name, tier, title, action, approverName } = recipient;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <ResultChip result={tier} />
      </td>
      <td>{title ?? publishText['publish.nothing']}</td>
      <td>
        <span>{title === null ? publishText['publish.none'] : publishText[`publish.action.${action}`]}</span>
        {approverName === null ? null : (
          <small>{fill(publishText['publish.approver.by'], { name: approverName })}</small>
        )}
      </td>
    </tr>
  );
}
