import { fill, publishText } from '@shigang/shared';
import type { PublishPreview } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { Icon } from '../../../../widgets/icon.tsx';

/** What keeps it from being published, and who is asked to approve. */
export function Obstacles({ preview }: { preview: PublishPreview }): ReactNode {
  const { obstacles, approvers, withoutApprover } = preview;
  const isClear = obstacles.length === 0;
  return (
    <section className="panel obstacles" aria-labelledby="obstacles">
      <header>
        <h2 id="obstacles">{publishText['publish.obstacles']}</h2>
        <small className={isClear ? 'ok n' : 'warn n'}>
          {isClear
            ? publishText['publish.clear']
            : fill(publishText['publish.obstacleCount'], { count: obstacles.length })}
        </small>
      </header>
      <ul>
        {obstacles.map((obstacle) => (
          <li key={obstacle} className="warn">
            <Icon name="info" size="s" />
            <span>{obstacle}</span>
          </li>
        ))}
        {isClear ? (
          <li>
            <Icon name="check" size="s" />
            <span>{publishText['publish.clearHint']}</span>
          </li>
        ) : null}
        {withoutApprover.length === 0 ? null : (
          <li className="warn">
            <Icon name="info" size="s" />
            <span>{fill(publishText['publish.without'], { names: withoutApprover.join('、') })}</span>
          </li>
        )}
      </ul>
      {approvers.length === 0 ? null : (
        <p className="n">
          <b>{publishText['publish.approvers']}</b>{' '}
          {approvers.map((one) => fill(publishText['publish.approver'], { ...one })).join(' · ')}
        </p>
      )}
    </section>
  );
}
