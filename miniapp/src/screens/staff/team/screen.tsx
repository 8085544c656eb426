import { dayName, fill, periodName, teamText } from '@shigang/shared';
import type { TeamAnswer, TeamApproval } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { paths } from '../../../staff/pages.ts';
import { Icon } from '../../../widgets/icon.tsx';
import { Empty } from '../../../staff/empty.tsx';
import { Page } from '../../../staff/page.tsx';
import { ApprovalList } from './approval-list.tsx';
import { CountsCard } from './counts-card.tsx';
import { PeopleCard } from './people-card.tsx';

/** A manager's team in the newest published cycle: approvals first, then everybody with tier and score. */
export function TeamScreen({ answer }: { answer: TeamAnswer }): ReactNode {
  const { viewer, people, period } = answer;
  return (
    <Page page="team" head={answer}>
      <header className="greet">
        <div>
          <strong>{fill(teamText['team.heading'], { count: people.length })}</strong>
          <p>{cycleText(answer)}</p>
        </div>
        {viewer.abilities.seesOwnFigures ? (
          <a className="link" href={paths.home()}>
            <span>{teamText['team.home']}</span>
            <Icon name="right" size="x" />
          </a>
        ) : null}
      </header>
      {period === null ? <Nothing title="team.empty" hint="team.emptyHint" /> : <Team answer={answer} />}
      <p className="foot hint">{teamText['team.foot']}</p>
    </Page>
  );
}

function Team({ answer }: { answer: TeamAnswer }): ReactNode {
  const { people, approvals, nowAt } = answer;
  if (people.length === 0) return <Nothing title="team.nobody" hint="team.nobodyHint" />;
  const mine = approvals.filter(isMine);
  const under = approvals.filter((one) => !isMine(one) && isUnderWay(one));
  const settled = approvals.filter((one) => !isMine(one) && !isUnderWay(one));
  return (
    <>
      <CountsCard counts={answer.counts} />
      <ApprovalList
        title={teamText['approvals.mine']}
        note={teamText[mine.length === 0 ? 'approvals.none' : 'approvals.where']}
        approvals={mine}
        nowAt={nowAt}
      />
      {under.length > 0 ? (
        <ApprovalList title={teamText['approvals.under']} note="" approvals={under} nowAt={nowAt} />
      ) : null}
      {settled.length > 0 ? (
        <ApprovalList title={teamText['approvals.settled']} note="" approvals={settled} nowAt={nowAt} />
      ) : null}
      <PeopleCard people={people} />
    </>
  );
}

function Nothing({
  title,
  hint,
}: {
  title: 'team.empty' | 'team.nobody';
  hint: 'team.emptyHint' | 'team.nobodyHint';
}): ReactNode {
  return (
    <section className="card">
      <Empty title={teamText[title]} hint={teamText[hint]} />
    </section>
  );
}

const isMine = ({ isMine: isAsked, approvalState, state }: TeamApproval): boolean =>
  isAsked && approvalState === 'running' && isOpen(state);
const isOpen = (state: TeamApproval['state']): boolean => state === 'open' || state === 'returned';
const isUnderWay = ({ state }: TeamApproval): boolean => isOpen(state);

const cycleText = ({ period, publishedOn, nowAt }: TeamAnswer): string =>
  period === null || publishedOn === null
    ? ''
    : fill(teamText['team.cycle'], { period: periodName(period), day: dayName(publishedOn, nowAt) });
