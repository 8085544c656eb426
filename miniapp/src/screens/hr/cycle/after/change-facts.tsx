import {
  approvalStateNames,
  dayName,
  decideText,
  fill,
  gateMissingNames,
  replyAnswerNames,
  returnReasonNames,
  roleChangeStateNames,
  salesRoleNames,
} from '@shigang/shared';
import type { PersonChange } from '@shigang/shared/answers';
import type { ReactNode } from 'react';

/** Where an offered change stands, row by row; what does not apply has no row. */
export function ChangeFacts({ change, nowAt }: { change: PersonChange; nowAt: string }): ReactNode {
  return (
    <dl className="decision-facts n">
      {rowsOf(change, nowAt).map(({ name, value, notes }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span>{value}</span>
            {notes.map((note) => (
              <small key={note}>{note}</small>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface Row {
  name: string;
  value: string;
  notes: readonly string[];
}
const given = (...notes: (string | false | null)[]): string[] =>
  notes.filter((note): note is string => typeof note === 'string' && note !== '');

function rowsOf(change: PersonChange, nowAt: string): Row[] {
  const { approval, ground } = change;
  return [
    stateRow(change),
    replyRow(change, nowAt),
    ...(ground === null ? [] : [{ name: decideText['after.ground'], value: ground, notes: [] }]),
    ...(approval === null ? [] : [approvalRow(change, approval)]),
    {
      name: decideText['after.day'],
      value:
        change.effectiveOn === null ? decideText['after.dayUnknown'] : dayName(change.effectiveOn, nowAt),
      notes: [],
    },
  ];
}

function stateRow({ state, fromRole, toRole, returnedWhy, returnedRemark, isForAdmin }: PersonChange): Row {
  return {
    name: decideText['after.state'],
    value: roleChangeStateNames[state],
    notes: given(
      fill(decideText['after.move'], { from: salesRoleNames[fromRole], to: salesRoleNames[toRole] }),
      returnedWhy && fill(decideText['after.returned'], { why: returnReasonNames[returnedWhy] }),
      returnedRemark && fill(decideText['after.remark'], { remark: returnedRemark }),
      isForAdmin && decideText['after.admin'],
    ),
  };
}

function replyRow({ answer, answerText, replyDueOn }: PersonChange, nowAt: string): Row {
  const day = dayName(replyDueOn, nowAt);
  const none = nowAt.slice(0, 10) > replyDueOn ? 'after.replyOver' : 'after.replyNone';
  return {
    name: decideText['after.reply'],
    value: answer === null ? fill(decideText[none], { day }) : replyAnswerNames[answer],
    notes: given(answerText),
  };
}

function approvalRow({ missing }: PersonChange, approval: NonNullable<PersonChange['approval']>): Row {
  const { state, approverName, remark } = approval;
  return {
    name: decideText['after.approval'],
    value:
      approverName === null
        ? approvalStateNames[state]
        : fill(decideText['after.approver'], { name: approverName, state: approvalStateNames[state] }),
    notes: given(
      remark && fill(decideText['after.remark'], { remark }),
      missing.length > 0 &&
        fill(decideText['after.missing'], {
          missing: missing.map((one) => gateMissingNames[one]).join('、'),
        }),
    ),
  };
}
