import {
  dayName,
  decideText,
  deskText,
  fill,
  salesRoleNames,
  salesRoles,
  tierNames,
  type Tier,
} from '@shigang/shared';
import type { CycleAnswer, CyclePersonAnswer } from '@shigang/shared/answers';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { deskClient } from '../../../../api/desk-client.ts';
import {
  draftOf,
  hasTarget,
  isUnchanged,
  needsReason,
  requestOf,
  withTier,
  type DecisionDraft,
} from './decision-draft.ts';
import { useDeskLink } from '../desk-links.ts';
import { useWrite } from '../../../../desk/use-write.ts';

interface DecideFormProps {
  cycle: CycleAnswer;
  answer: CyclePersonAnswer;
  /** An offer after publication; absent: a decision before it. */
  again?: OfferAgain;
  /** It is decided, or nothing was to be changed. */
  onDecided: (isSaved: boolean) => void;
}

export interface OfferAgain {
  /** Words of the button. */
  label: string;
  /** The offer before is over: the same one again is a new one. */
  mayRepeat: boolean;
}

/** Confirm, or choose another way and say why. One person at a time. */
export function DecideForm({ cycle, answer, again, onDecided }: DecideFormProps): ReactNode {
  const [draft, setDraft] = useState(() => draftOf(answer));
  const [isAsked, setAsked] = useState(false);
  const reason = useRef<HTMLTextAreaElement>(null);
  const write = useWrite({
    act: () => deskClient.decide(cycle.cycleId, requestOf(answer, draft)),
    onDone: () => onDecided(true),
  });
  const form = useRef<HTMLDivElement>(null);
  const isAgain = again !== undefined;
  // Opened by a button above it, it may begin below the edge.
  useEffect(() => {
    if (isAgain) form.current?.scrollIntoView({ block: 'nearest' });
  }, [isAgain]);
  const { reset } = write;
  // A choice that is typed again is a new try: what was said about the one before goes.
  useEffect(() => {
    setAsked(false);
    reset();
  }, [draft, reset]);
  const isMissing = needsReason(answer, draft) && draft.reason.trim() === '';
  const submit = (): void => {
    if (isUnchanged(answer, draft) && !again?.mayRepeat) onDecided(false);
    else if (isMissing) {
      setAsked(true);
      reason.current?.focus();
    } else write.run(undefined);
  };
  // An offer goes out at once: only its button sends it, never a key in the list.
  useDeskLink('confirm', () => (again === undefined ? submit() : undefined));
  const change = (part: Partial<DecisionDraft>): void => setDraft({ ...draft, ...part });
  const roles = { presentRole: answer.explanation.presentRole, modelRole: cycle.model.role };
  return (
    <div className="decide" ref={form}>
      <TierChoice answer={answer} draft={draft} onChoose={(tier) => setDraft(withTier(draft, tier, roles))} />
      {hasTarget(draft.tier) ? (
        <Target cycle={cycle} answer={answer} draft={draft} onChange={change} />
      ) : null}
      <label className="reason">
        <span>{decideText[needsReason(answer, draft) ? 'decide.reasonMust' : 'decide.reasonFree']}</span>
        <textarea
          ref={reason}
          rows={2}
          maxLength={2_000}
          value={draft.reason}
          required={needsReason(answer, draft)}
          aria-invalid={isAsked && isMissing}
          onChange={(event) => change({ reason: event.target.value })}
        />
      </label>
      <p className="trouble" role="alert">
        {isAsked && isMissing ? decideText['decide.reasonMissing'] : write.trouble}
      </p>
      <div className="acts">
        {again === undefined ? <small>{decideText['decide.keys']}</small> : null}
        <button className="btn" aria-disabled={write.isBusy} onClick={submit}>
          {write.isBusy ? decideText['decide.busy'] : (again?.label ?? labelOf(answer, draft))}
        </button>
      </div>
    </div>
  );
}

/** The button says what it does: confirm, or change and explain. */
function labelOf(answer: CyclePersonAnswer, draft: DecisionDraft): string {
  if (isUnchanged(answer, draft)) return decideText['decide.same'];
  if (draft.tier === 'later') return decideText['decide.postpone'];
  if (draft.tier === answer.suggestedTier) return decideText['decide.confirm'];
  return fill(decideText['decide.change'], { tier: tierNames[draft.tier] });
}

interface TierChoiceProps {
  answer: CyclePersonAnswer;
  draft: DecisionDraft;
  onChoose: (tier: Tier | 'later') => void;
}

function TierChoice({ answer, draft, onChoose }: TierChoiceProps): ReactNode {
  const group = useId();
  const tiers: readonly (Tier | 'later')[] = [
    'transition',
    'train',
    'reassign',
    ...(answer.suggestedTier === 'insufficient_data' ? (['insufficient_data'] as const) : []),
    'later',
  ];
  return (
    <fieldset className="tiers">
      <legend>{decideText['decide.title']}</legend>
      {tiers.map((tier) => (
        <label key={tier}>
          <input type="radio" name={group} checked={draft.tier === tier} onChange={() => onChoose(tier)} />
          <span>
            <span>{tier === 'later' ? deskText['tier.later'] : tierNames[tier]}</span>
            {tier === answer.suggestedTier ? <small>{decideText['decide.suggested']}</small> : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface TargetProps {
  cycle: CycleAnswer;
  answer: CyclePersonAnswer;
  draft: DecisionDraft;
  onChange: (part: Partial<DecisionDraft>) => void;
}

/** Which role, and the day before which nothing takes effect. */
function Target({ cycle, answer, draft, onChange }: TargetProps): ReactNode {
  const present = answer.explanation.presentRole;
  return (
    <div className="target">
      <label className="field">
        <span>{decideText['decide.role']}</span>
        <select
          value={draft.targetRole ?? ''}
          onChange={({ target }) =>
            onChange({ targetRole: salesRoles.find((role) => role === target.value) ?? null })
          }
        >
          {salesRoles.map((role) => (
            <option key={role} value={role}>
              {role === present
                ? fill(decideText['decide.roleStay'], { role: salesRoleNames[role] })
                : salesRoleNames[role]}
            </option>
          ))}
        </select>
      </label>
      {draft.targetRole === present ? null : (
        <label className="field">
          <span>{decideText['decide.day']}</span>
          <input
            type="date"
            min={cycle.nowAt.slice(0, 10)}
            value={draft.effectiveOn}
            onChange={({ target }) => onChange({ effectiveOn: target.value })}
          />
        </label>
      )}
      {draft.targetRole === present ? null : (
        <small>
          {draft.effectiveOn === ''
            ? decideText['decide.dayHint']
            : fill(decideText['decide.dayNot'], { day: dayName(draft.effectiveOn, cycle.nowAt) })}
        </small>
      )}
    </div>
  );
}
