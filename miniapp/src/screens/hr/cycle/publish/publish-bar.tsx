import { fill, publishText, wholeNumber } from '@shigang/shared';
import type { PublishPreview } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { deskClient } from '../../../../api/desk-client.ts';
import { useWrite } from '../../../../desk/use-write.ts';

/** The one button, with what follows from it; blocked it says why, as text that can be reached by keyboard. */
export function PublishBar({ preview }: { preview: PublishPreview }): ReactNode {
  const publish = useWrite({
    act: () => deskClient.publish(preview.cycleId),
    onDone: () => undefined,
    failed: publishText['publish.failed'],
  });
  const blocked = blockedBy(preview);
  const start = (): void => {
    if (blocked === null) publish.run(undefined);
  };
  return (
    <section className="panel publish-bar n">
      <div>
        <p id="publish-reason" tabIndex={blocked === null ? undefined : 0}>
          {blocked === null ? <b>{consequenceOf(preview)}</b> : <b>{blocked}</b>}{' '}
          {blocked === null ? <span>{publishText['publish.consequenceHint']}</span> : null}
        </p>
        <p className="trouble" role="alert">
          {publish.trouble}
        </p>
      </div>
      <button
        className="btn"
        aria-disabled={blocked !== null || publish.isBusy}
        aria-describedby="publish-reason"
        onClick={start}
      >
        {publish.isBusy
          ? publishText['publish.busy']
          : fill(publishText['publish.button'], { people: wholeNumber(receiversOf(preview)) })}
      </button>
    </section>
  );
}

function blockedBy({ obstacles, mayPublish }: PublishPreview): string | null {
  if (obstacles.length > 0) return fill(publishText['publish.blocked'], { count: obstacles.length });
  return mayPublish ? null : publishText['publish.notYours'];
}

/** People who get a card about themselves. */
const receiversOf = ({ tiers }: PublishPreview): number => tiers.reduce((sum, row) => sum + row.cards, 0);

function consequenceOf(preview: PublishPreview): string {
  const { tiers, managers, hrPeople } = preview;
  return fill(publishText['publish.consequence'], {
    cards: wholeNumber(receiversOf(preview) + managers.length + hrPeople.length),
    approvals: wholeNumber(tiers.reduce((sum, row) => sum + row.approvals, 0)),
  });
}
