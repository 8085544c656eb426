import { fill, periodName, staffText } from '@shigang/shared';
import type { ReactNode } from 'react';
import { Icon } from '../widgets/icon.tsx';

interface PeriodMenuProps {
  period: string;
  /** Newest first. */
  periods: readonly string[];
  hrefOf: (period: string) => string;
}

/** The quarter shown, and links to the others; a plain text while there is only one. Works without scripts. */
export function PeriodMenu({ period, periods, hrefOf }: PeriodMenuProps): ReactNode {
  const name = periodName(period);
  if (periods.length < 2) return <span className="pill">{name}</span>;
  return (
    <details className="menu">
      <summary className="pill" aria-label={fill(staffText['home.period'], { period: name })}>
        <span>{name}</span>
        <Icon name="down" size="x" />
      </summary>
      <ul aria-label={staffText['period.choose']}>
        {periods.map((other) => (
          <li key={other}>
            <a href={hrefOf(other)} aria-current={other === period ? 'page' : undefined}>
              <span>{periodName(other)}</span>
              {other === period ? <Icon name="check" size="s" /> : null}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
