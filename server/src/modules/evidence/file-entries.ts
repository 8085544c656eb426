import {
  fileWords,
  fullDayName,
  replyAnswerNames,
  returnReasonNames,
  salesRoleNames,
  shanghaiDay,
  tierNames,
  twoDecimals,
  type FileEntryKey,
} from '@shigang/shared';
import { shanghaiInstant } from '@shigang/shared';
import type { ChangeFacts, DecisionFacts, FileFacts, NoticeFact } from './file-facts.queries.ts';
import type { FileEntry } from '@shigang/shared/answers';

/** Who reads the file: HR sees all of it, the person what concerns them. */
export type FileReader = 'hr' | 'person';

/**
 * A person's file in order of time (docs/domain.md §5.5); made from what is stored, never stored itself. Of
 * entries of one instant the earlier step comes first.
 */
export function fileEntries(facts: FileFacts, reader: FileReader): FileEntry[] {
  const decisions = reader === 'hr' ? facts.decisions : facts.decisions.filter((one) => one.isCurrent === 1);
  const own = new Set(decisions.map((decision) => decision.decisionId));
  const entries = [
    ...explanationEntries(facts, reader),
    ...decisions.flatMap((decision) => decisionEntry(decision)),
    ...facts.notices.filter((one) => own.has(one.decisionId)).flatMap(noticeEntries),
    ...facts.changes
      .filter((one) => own.has(one.decisionId))
      .map((one) => (reader === 'hr' ? one : withoutRemarks(one)))
      .flatMap(changeEntries),
    ...trainingEntries(facts, own, reader),
  ];
  return entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => order(momentOf(a.entry), momentOf(b.entry)) || a.index - b.index)
    .map(({ entry }) => entry);
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A day alone comes after everything that happened on it. */
const momentOf = ({ at: when }: FileEntry): string => (when.includes('T') ? when : `${when}T99`);

/** What the approver and HR write to each other is not the person's to read. */
const withoutRemarks = (change: ChangeFacts): ChangeFacts => ({
  ...change,
  remark: null,
  returnedRemark: null,
  returns: change.returns.map((one) => ({ ...one, remark: null })),
  withdrawTrouble: null,
});

const at = (instant: Date): string => shanghaiInstant(instant.getTime());
const day = (value: string): string => fullDayName(value);

interface Words {
  readonly key: FileEntryKey;
  readonly params?: Readonly<Record<string, string>>;
  readonly detail?: string | null;
  readonly by?: string | null;
}

const entry = (kind: FileEntry['kind'], when: string, words: Words): FileEntry => ({
  kind,
  at: when,
  title: fileWords(words.key, words.params),
  detail: words.detail || null,
  by: words.by ?? null,
});

function explanationEntries({ cycle, member }: FileFacts, reader: FileReader): FileEntry[] {
  if (cycle.snapshotAt === null) return [];
  const when = at(cycle.snapshotAt);
  const score =
    member.score === null
      ? fileWords('file.explanation.none')
      : fileWords('file.explanation.score', {
          score: twoDecimals(member.score),
          day: day(shanghaiDay(cycle.snapshotAt.getTime())),
        });
  const explanation = entry('explanation', when, { key: 'file.explanation', detail: score });
  if (reader === 'person' || member.suggested === null) return [explanation];
  const params = { tier: tierNames[member.suggested] };
  const detail = fileWords('file.suggestion.detail');
  return [explanation, entry('suggestion', when, { key: 'file.suggestion', params, detail })];
}

function decisionEntry(decision: DecisionFacts): FileEntry {
  const { tier, targetRole, reason, byName } = decision;
  const words = { detail: reason, by: byName };
  if (tier === null) return entry('decision', at(decision.at), { key: 'file.decision.later', ...words });
  if (targetRole === null)
    return entry('decision', at(decision.at), {
      key: 'file.decision',
      params: { tier: tierNames[tier] },
      ...words,
    });
  const params = { tier: tierNames[tier], role: salesRoleNames[targetRole] };
  return entry('decision', at(decision.at), { key: 'file.decision.role', params, ...words });
}

function noticeEntries(notice: NoticeFact): FileEntry[] {
  const entries: FileEntry[] = [];
  const { acceptedAt, knownAt, seenAt, state } = notice;
  if (acceptedAt)
    entries.push(entry('notice', at(acceptedAt), { key: 'file.notice', params: { title: notice.title } }));
  const isKnown = state !== 'written' && state !== 'accepted';
  if (knownAt && isKnown) entries.push(entry('delivery', at(knownAt), { key: `file.delivery.${state}` }));
  if (seenAt) entries.push(entry('delivery', at(seenAt), { key: 'file.notice.seen' }));
  return entries;
}

function changeEntries(change: ChangeFacts): FileEntry[] {
  return [...replyEntries(change), ...approvalEntries(change), ...endEntries(change)];
}

function replyEntries(change: ChangeFacts): FileEntry[] {
  const entries: FileEntry[] = [];
  const { answer, repliedAt, returns, ground, groundAt } = change;
  const overdue = returns.find(({ why }) => why === 'overdue');
  if (answer && repliedAt) {
    const params = { answer: replyAnswerNames[answer] };
    entries.push(entry('reply', at(repliedAt), { key: 'file.reply', params, detail: change.answerText }));
  } else if (overdue) {
    entries.push(entry('reply_overdue', at(overdue.at), { key: 'file.reply_overdue' }));
  }
  if (ground && groundAt) {
    const words = { detail: ground, by: change.groundByName };
    entries.push(entry('ground', at(groundAt), { key: 'file.ground', ...words }));
  }
  return entries;
}

function approvalEntries(change: ChangeFacts): FileEntry[] {
  const entries: FileEntry[] = [];
  const { startedAt, approvalSettledAt, approvalState, starterName, approverName } = change;
  if (startedAt) {
    const params = { starter: starterName ?? '', approver: approverName ?? '' };
    const detail = fileWords('file.approval.started.detail', params);
    entries.push(entry('approval', at(startedAt), { key: 'file.approval.started', detail }));
  }
  switch (approvalState) {
    case 'agreed':
    case 'refused':
    case 'terminated':
    case 'withdrawn':
    case 'impossible':
      if (approvalSettledAt) {
        const words = { detail: change.remark, by: approvalState === 'impossible' ? null : approverName };
        entries.push(
          entry('approval', at(approvalSettledAt), { key: `file.approval.${approvalState}`, ...words }),
        );
      }
      return entries;
    default:
      return entries;
  }
}

function endEntries(change: ChangeFacts): FileEntry[] {
  const entries: FileEntry[] = [];
  const { returns, state, settledAt, effectiveOn, transferState, transferredAt } = change;
  for (const { why, remark, at: when } of returns) {
    const params = { why: returnReasonNames[why] };
    entries.push(entry('returned', at(when), { key: 'file.returned', params, detail: remark }));
  }
  if (settledAt && (state === 'kept' || state === 'replaced' || state === 'cancelled'))
    entries.push(
      entry('settled', at(settledAt), { key: `file.${state}`, by: change.settledByName }),
      ...withdrawTrouble(change, settledAt),
    );
  if (state === 'effective' && settledAt && effectiveOn) {
    const params = { role: salesRoleNames[change.toRole], day: day(effectiveOn) };
    entries.push(entry('effective', at(settledAt), { key: 'file.effective', params }));
  }
  const isCalled = transferState !== null && transferState !== 'waiting' && transferState !== 'cancelled';
  if (transferredAt && isCalled) {
    const words = { detail: change.transferDetail };
    entries.push(entry('transfer', at(transferredAt), { key: `file.transfer.${transferState}`, ...words }));
  }
  return entries;
}

/** The approver could still agree to what is not offered any more. */
function withdrawTrouble(change: ChangeFacts, since: Date): FileEntry[] {
  const { withdrawTrouble: detail, approvalState, approverName } = change;
  if (detail === null || approvalState !== 'running') return [];
  const params = { approver: approverName ?? '' };
  return [entry('approval', at(since), { key: 'file.approval.withdraw_failed', params, detail })];
}

function trainingEntries(
  { courses, decisions }: FileFacts,
  own: ReadonlySet<string>,
  reader: FileReader,
): FileEntry[] {
  return decisions
    .filter((decision) => own.has(decision.decisionId))
    .flatMap((decision) => {
      const of = courses.filter((course) => course.decisionId === decision.decisionId);
      const [first] = of;
      if (!first) return [];
      const params = { courses: of.map(({ course }) => `《${course}》`).join('') };
      const detail = fileWords('file.training.due', { day: day(first.dueOn) });
      const plan = entry('training', first.plannedOn, { key: 'file.training', params, detail });
      const isMissing = reader === 'hr' && first.todoState === 'failed';
      const words = { key: 'file.training.todo_failed', detail: first.todoDetail } as const;
      const todo = isMissing ? [entry('training', first.plannedOn, words)] : [];
      const passed = of.flatMap(({ course, passedOn }) =>
        passedOn === null
          ? []
          : [entry('training', passedOn, { key: 'file.training.passed', params: { course } })],
      );
      return [plan, ...todo, ...passed];
    });
}
