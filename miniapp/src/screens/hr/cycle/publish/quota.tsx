import { publishText, wholeNumber } from '@shigang/shared';
import type { ReactNode } from 'react';
import type { PublishPreview } from '../../../../api/answers.ts';
import { Icon } from '../../../../widgets/icon.tsx';

/** DingTalk calls that count against the month's allowance, by purpose. */
export function Quota({ calls }: { calls: PublishPreview['meteredCalls'] }): ReactNode {
  const rows = [
    [publishText['publish.quotaCards'], calls.cards],
    [publishText['publish.quotaApprovals'], calls.approvals],
    [publishText['publish.quotaTodos'], calls.todos],
    [publishText['publish.quotaDeliveries'], calls.deliveries],
  ] as const;
  const total = rows.reduce((sum, [, count]) => sum + count, 0);
  return (
    <section className="panel quota" aria-labelledby="quota">
      <header>
        <h2 id="quota">{publishText['publish.quota']}</h2>
      </header>
      <p className="n">
        <strong>{wholeNumber(total)}</strong> <span>{publishText['publish.quotaTotal']}</span>
      </p>
      <dl className="n">
        {rows.map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{wholeNumber(count)}</dd>
          </div>
        ))}
      </dl>
      <ul>
        {[publishText['publish.once'], publishText['publish.resume']].map((promise) => (
          <li key={promise}>
            <Icon name="check" size="s" />
            <span>{promise}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
