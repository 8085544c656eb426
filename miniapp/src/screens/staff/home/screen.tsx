import { fill, greeting, instantName, staffText } from '@shigang/shared';
import type { ReactNode } from 'react';
import type { HomeAnswer } from '../../../api/answers.ts';
import { paths } from '../../../api/pages.ts';
import { Page } from '../../../widgets/page.tsx';
import { PeriodMenu } from '../../../widgets/period-menu.tsx';
import { EarningsCard } from './earnings-card.tsx';
import { MatchCard } from './match-card.tsx';

/** Staff home: how much, what it means, where it comes from. */
export function HomeScreen({ answer }: { answer: HomeAnswer }): ReactNode {
  const { viewer, nowAt, dataAt, period, periods } = answer;
  const state = dataAt
    ? fill(staffText['home.dataAt'], { at: instantName(dataAt, nowAt) })
    : staffText['home.noData'];
  return (
    <Page title={staffText['title.home']} head={answer}>
      <header className="greet">
        <div>
          <strong>
            {fill(staffText['home.greeting'], { name: viewer.name, greeting: greeting(nowAt) })}
          </strong>
          <p>{state}</p>
        </div>
        <PeriodMenu period={period} periods={periods} hrefOf={paths.home} />
      </header>
      <EarningsCard period={period} statement={answer.statement} />
      <MatchCard period={period} match={answer.match} />
    </Page>
  );
}
