import { deskText, paperText, fill, periodName, salesRoleNames, tierNames } from '@shigang/shared';
import type { CyclePersonAnswer, PersonFileAnswer } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { Icon } from '../../../../widgets/icon.tsx';

interface PaperHeadProps {
  file: PersonFileAnswer;
  answer: CyclePersonAnswer;
}

/** Who it is about, from which post to which, and the decision in force. */
export function PaperHead({ file, answer }: PaperHeadProps): ReactNode {
  const { person, decision, explanation } = answer;
  const { presentRole } = explanation;
  const number = person.jobNumber === null ? '' : `（${person.jobNumber}）`;
  const facts = [
    [paperText['paper.person'], `${file.name}${number}`],
    [
      paperText['paper.department'],
      [person.departmentName, person.managerName].filter((one) => one !== null).join(' / '),
    ],
    file.change === null
      ? [paperText['paper.noMove'], presentRole === null ? '' : salesRoleNames[presentRole]]
      : [
          paperText['paper.move'],
          `${salesRoleNames[file.change.fromRole]} → ${salesRoleNames[file.change.toRole]}`,
        ],
  ] as const;
  return (
    <>
      <header>
        <h1>{paperText['paper.title']}</h1>
        <p>{fill(paperText['paper.cycle'], { period: periodName(file.period) })}</p>
      </header>
      <dl className="subject-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{paperText['paper.decision']}</dt>
          <dd className="stamp">
            {decision === null ? <span>{paperText['paper.undecided']}</span> : null}
            {decision?.tier ? <Icon name={decision.tier} size="x" /> : null}
            {decision === null ? null : (
              <span>{decision.tier === null ? deskText['tier.later'] : tierNames[decision.tier]}</span>
            )}
          </dd>
        </div>
      </dl>
    </>
  );
}
