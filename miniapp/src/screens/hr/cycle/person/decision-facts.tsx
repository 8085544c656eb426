import {
  decideText,
  deskText,
  fill,
  instantName,
  metricValue,
  salesRoleNames,
  supplyHints,
  tierNames,
  trimmed,
  twoDecimalsChange,
  type SalesRole,
  type Tier,
} from '@shigang/shared';
import type { CyclePersonAnswer } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { Icon } from '../../../../widgets/icon.tsx';

/** What the system suggests, what HR decided and why, and what is missing. */
export function DecisionFacts({ answer, nowAt }: { answer: CyclePersonAnswer; nowAt: string }): ReactNode {
  const { explanation, decision, previousScoreHundredths } = answer;
  const { scoreHundredths, coverageHundredths } = explanation;
  const change =
    scoreHundredths === null || previousScoreHundredths === null
      ? null
      : scoreHundredths - previousScoreHundredths;
  const notes = [
    ...(change === null ? [] : [fill(deskText['person.change'], { change: twoDecimalsChange(change) })]),
    ...(coverageHundredths === null
      ? []
      : [fill(deskText['person.coverage'], { coverage: trimmed(coverageHundredths) })]),
    ...explanation.missing.map(({ name, suppliedBy }) =>
      fill(deskText['person.missing'], { name, supply: supplyHints[suppliedBy] }),
    ),
    ...explanation.mustHave
      .filter((must) => !must.isMet)
      .map(({ metric, name, atLeastTenThousandths }) =>
        fill(deskText['person.mustUnmet'], { name, least: metricValue(metric, atLeastTenThousandths) }),
      ),
  ];
  return (
    <>
      <ul className="notes n">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <a className="plain" href={filePath(answer)}>
        <span>{decideText['person.file']}</span>
        <Icon name="right" size="x" />
      </a>
      <dl className="decision-facts">
        <div>
          <dt>{deskText['person.suggestion']}</dt>
          <dd>{resultText(answer.suggestedTier, answer.suggestedTargetRole)}</dd>
        </div>
        <div>
          <dt>{deskText['person.decision']}</dt>
          <dd>
            {decision === null ? (
              <span>{deskText['person.undecided']}</span>
            ) : (
              <>
                <span>{resultText(decision.tier, decision.targetRole)}</span>
                <small className="n">
                  {fill(deskText['person.decidedBy'], {
                    name: decision.decidedByName,
                    at: instantName(decision.decidedAt, nowAt),
                  })}
                </small>
                {decision.reason ? (
                  <small>{fill(deskText['person.reason'], { reason: decision.reason })}</small>
                ) : null}
              </>
            )}
          </dd>
        </div>
      </dl>
    </>
  );
}

const filePath = ({ cycleId, person }: CyclePersonAnswer): string =>
  `/desk/cycles/${encodeURIComponent(cycleId)}/people/${encodeURIComponent(person.userId)}/file`;

function resultText(tier: Tier | null, targetRole: SalesRole | null): string {
  const name = tier === null ? deskText['tier.later'] : tierNames[tier];
  if (targetRole === null) return name;
  return `${name} · ${fill(deskText['person.targetRole'], { role: salesRoleNames[targetRole] })}`;
}
