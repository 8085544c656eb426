import { dayName, fill, homeStepText } from '@shigang/shared';
import type { HomeAnswer } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { paths } from '../../../staff/pages.ts';
import { Icon, type IconName } from '../../../widgets/icon.tsx';

/** What is to be done: an open reply; for managers the way to their team. Nothing to do: no card. */
export function TodoCard({ answer }: { answer: HomeAnswer }): ReactNode {
  const { development, period, nowAt, viewer } = answer;
  const reply = development?.reply ?? null;
  const { managesTeam } = viewer.abilities;
  if (reply === null && !managesTeam) return null;
  return (
    <section className="card todos">
      {reply === null ? null : (
        <Todo
          icon="chat"
          href={paths.development(period)}
          title={homeStepText['todo.reply']}
          note={fill(homeStepText[reply.workingDaysLeft === 0 ? 'todo.dueToday' : 'todo.due'], {
            day: dayName(reply.dueOn, nowAt),
            days: reply.workingDaysLeft,
          })}
        />
      )}
      {managesTeam ? (
        <Todo
          icon="team"
          href={paths.team()}
          title={homeStepText['home.team']}
          note={homeStepText['home.teamHint']}
        />
      ) : null}
    </section>
  );
}

interface TodoProps {
  icon: IconName;
  href: string;
  title: string;
  note: string;
}

const Todo = ({ icon, href, title, note }: TodoProps): ReactNode => (
  <a href={href}>
    <span className="badge">
      <Icon name={icon} />
    </span>
    <div>
      <h2>{title}</h2>
      <p className="n">{note}</p>
    </div>
    <Icon name="right" size="x" />
  </a>
);
