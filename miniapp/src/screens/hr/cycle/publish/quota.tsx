import { fill, publishText, wholeNumber } from '@shigang/shared';
import type { PublishPreview } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { Icon } from '../../../../widgets/icon.tsx';

/** DingTalk calls that count against the month's allowance, by purpose, and what is left of it. */
export function Quota({ preview }: { preview: PublishPreview }): ReactNode {
  const { meteredCalls: calls, monthlyQuota: month } = preview;
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
      <p className="n">
        {fill(publishText['publish.quotaMonth'], {
          used: wholeNumber(month.used),
          left: wholeNumber(month.left),
          limit: wholeNumber(month.limit),
        })}
      </p>
      <ul>
        {total <= month.left ? null : (
          <li className="warn n">
            <Icon name="info" size="s" />
            <span>{fill(publishText['publish.quotaShort'], { short: wholeNumber(total - month.left) })}</span>
          </li>
        )}
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
