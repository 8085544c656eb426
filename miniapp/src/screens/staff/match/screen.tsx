import { fill, periodShortName, staffText } from '@shigang/shared';
import type { MatchAnswer } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { paths } from '../../../staff/pages.ts';
import { Empty } from '../../../staff/empty.tsx';
import { Page } from '../../../staff/page.tsx';
import { PeriodMenu } from '../../../staff/period-menu.tsx';
import { BestCard } from './best-card.tsx';
import { DimensionCard } from './dimension-card.tsx';
import { MustHaveCard } from './must-have-card.tsx';
import { ScoreCard } from './score-card.tsx';

/** Where the score comes from: dimensions, indicators, and from each indicator on to its records. */
export function MatchScreen({ answer }: { answer: MatchAnswer }): ReactNode {
  const { explanation, period } = answer;
  return (
    <Page page="match" head={answer}>
      <header className="greet">
        <strong>{staffText['title.match']}</strong>
        <PeriodMenu period={period} periods={answer.periods} hrefOf={paths.match} />
      </header>
      {answer.state === 'published' ? null : <Notice answer={answer} />}
      {explanation ? <ScoreCard explanation={explanation} /> : null}
      {explanation ? <BestCard explanation={explanation} period={period} /> : null}
      {explanation?.dimensions.map((dimension) => (
        <DimensionCard
          key={dimension.id}
          dimension={dimension}
          missing={explanation.missing}
          period={period}
        />
      ))}
      {explanation ? <MustHaveCard mustHave={explanation.mustHave} /> : null}
    </Page>
  );
}

/** Why there is no score: not published yet, not in the cycle, or nothing measured. */
function Notice({ answer }: { answer: MatchAnswer }): ReactNode {
  const period = periodShortName(answer.period);
  if (answer.explanation === null) {
    return (
      <section className="card">
        <Empty title={staffText['match.empty']} hint={staffText['match.emptyHint']} />
      </section>
    );
  }
  return (
    <section className="card notice">
      <h2>{fill(staffText[answer.state === 'pending' ? 'match.pending' : 'match.none'], { period })}</h2>
      <p>{staffText['match.pendingHint']}</p>
    </section>
  );
}
