import { fill, metricValue, staffText } from '@shigang/shared';
import type { MustHave } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { Icon } from '../../../widgets/icon.tsx';

/** What the post asks for whatever the score: met, or how much is missing. */
export function MustHaveCard({ mustHave }: { mustHave: readonly MustHave[] }): ReactNode {
  if (mustHave.length === 0) return null;
  return (
    <section className="card">
      <h2 className="small-title">{staffText['match.must']}</h2>
      <ul className="musts n">
        {mustHave.map((must) => (
          <li key={must.metric}>
            <Icon name={must.isMet ? 'check' : 'clock'} size="s" />
            <span>{sentenceOf(must)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function sentenceOf({ metric, name, atLeastTenThousandths, valueTenThousandths, isMet }: MustHave): string {
  const least = metricValue(metric, atLeastTenThousandths);
  if (valueTenThousandths === null) return fill(staffText['match.mustAbsent'], { name, least });
  const value = metricValue(metric, valueTenThousandths);
  return fill(staffText[isMet ? 'match.mustMet' : 'match.mustUnmet'], { name, least, value });
}
