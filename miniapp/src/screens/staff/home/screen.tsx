import { fill, greeting, instantName, periodOfDay, staffText } from '@shigang/shared';
import type { HomeAnswer } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { paths } from '../../../staff/pages.ts';
import { Empty } from '../../../staff/empty.tsx';
import { Page } from '../../../staff/page.tsx';
import { PeriodMenu } from '../../../staff/period-menu.tsx';
import { EarningsCard } from './earnings-card.tsx';
import { MatchCard } from './match-card.tsx';
import { TodoCard } from './todo-card.tsx';

/** Staff home: how much, what it means, where it comes from. */
export function HomeScreen({ answer }: { answer: HomeAnswer }): ReactNode {
  const { viewer, nowAt, period, periods, statement } = answer;
  // Managers and others without a sales role have nothing of their own here yet.
  const hasFigures = viewer.abilities.seesOwnFigures || statement !== null;
  return (
    <Page page="home" head={answer}>
      <header className="greet">
        <div>
          <strong>
            {fill(staffText['home.greeting'], { name: viewer.name, greeting: greeting(nowAt) })}
          </strong>
          <p>{hasFigures ? freshnessOf(answer) : (viewer.departmentName ?? '')}</p>
        </div>
        {hasFigures ? <PeriodMenu period={period} periods={periods} hrefOf={paths.home} /> : null}
      </header>
      {hasFigures ? (
        <EarningsCard period={period} statement={statement} isRunning={isRunning(answer)} />
      ) : null}
      <TodoCard answer={answer} />
      {hasFigures ? <MatchCard answer={answer} /> : null}
      {hasFigures ? null : (
        <section className="card">
          <Empty title={staffText['home.noFigures']} hint={staffText['home.noFiguresHint']} />
        </section>
      )}
    </Page>
  );
}

const freshnessOf = ({ dataAt, nowAt }: HomeAnswer): string =>
  dataAt ? fill(staffText['home.dataAt'], { at: instantName(dataAt, nowAt) }) : staffText['home.noData'];

/** A few days against a whole quarter would say nothing: such a change is left out. */
const isRunning = ({ nowAt, period }: HomeAnswer): boolean => periodOfDay(nowAt.slice(0, 10)) === period;
