import { fill, instantName, salesRoleNames, teamText, twoDecimals } from '@shigang/shared';
import type { TeamApproval } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { TierChip } from '../../../widgets/tier-chip.tsx';
import { replyWords, stateWords } from './approval-words.ts';

interface ApprovalListProps {
  title: string;
  note: string;
  approvals: readonly TeamApproval[];
  nowAt: string;
}

/** Role changes of the team: who, from where to where, what the person said, how far the approval is. */
export function ApprovalList({ title, note, approvals, nowAt }: ApprovalListProps): ReactNode {
  return (
    <section className="card" aria-label={title}>
      <div className="head">
        <h2 className="small-title">{title}</h2>
        {approvals.length === 0 ? null : (
          <small className="n">{fill(teamText['approvals.count'], { count: approvals.length })}</small>
        )}
      </div>
      {note === '' ? null : <p className="hint">{note}</p>}
      {approvals.length === 0 ? null : (
        <ul className="approvals">
          {approvals.map((approval) => (
            <Approval key={approval.userId} approval={approval} nowAt={nowAt} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Approval({ approval, nowAt }: { approval: TeamApproval; nowAt: string }): ReactNode {
  const { name, fromRole, toRole, tier, scoreHundredths, startedAt, remark } = approval;
  const roles = { from: salesRoleNames[fromRole], to: salesRoleNames[toRole] };
  const facts = [
    scoreHundredths === null
      ? null
      : fill(teamText['approvals.score'], { score: twoDecimals(scoreHundredths) }),
    replyWords(approval, nowAt),
    startedAt === null ? null : fill(teamText['approvals.since'], { at: instantName(startedAt, nowAt) }),
  ].filter((fact) => fact !== null);
  return (
    <li>
      <div className="who">
        <h3>{name}</h3>
        <TierChip tier={tier} />
      </div>
      <p>{fill(teamText['approvals.move'], roles)}</p>
      <div className="state n">
        <p>{stateWords(approval, nowAt)}</p>
        <ul>
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
        {remark ? <p>{fill(teamText['approvals.remark'], { remark })}</p> : null}
      </div>
    </li>
  );
}
