import { decideText, fill, type RoleChangeState } from '@shigang/shared';
import type { CycleAnswer, CyclePersonAnswer, PersonFileAnswer } from '@shigang/shared/answers';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { deskClient } from '../../../../api/desk-client.ts';
import { DecideForm } from '../decide/decide-form.tsx';
import { useWrite } from '../../../../desk/use-write.ts';

type Act = 'keep' | 'offer' | 'ground';

interface ReturnedActsProps {
  cycle: CycleAnswer;
  answer: CyclePersonAnswer;
  file: PersonFileAnswer;
  decisionId: string;
}
/** States after which the same offer may be made once more. */
const OVER: readonly RoleChangeState[] = ['returned', 'kept', 'cancelled'];

/** Shortest ground that says something. */
const MIN_GROUND = 10;

/** What HR may do with a case that came back: keep the present post (the usual), offer again, or go on with a ground. */
export function ReturnedActs({ cycle, answer, file, decisionId }: ReturnedActsProps): ReactNode {
  const { may, change } = file;
  const [act, setAct] = useState<Act | null>(null);
  const of = { cycleId: cycle.cycleId, userId: answer.person.userId };
  const resolve = useWrite({
    act: (text: string | null) =>
      deskClient.resolve(of, {
        decisionId,
        ...(text === null ? { action: 'keep' } : { action: 'ground', text }),
      }),
    onDone: () => setAct(null),
  });
  const acts = [
    may.keep ? (['keep', decideText['after.keep'], decideText['after.keepHint']] as const) : null,
    may.offerAgain ? (['offer', decideText['after.offer'], decideText['after.offerHint']] as const) : null,
    may.ground ? (['ground', decideText['after.groundAct'], decideText['after.groundHint']] as const) : null,
  ].filter((one) => one !== null);
  return (
    <div className="returned">
      <h4>{decideText['after.what']}</h4>
      <ul>
        {acts.map(([name, label, hint]) => (
          <li key={name}>
            <p>{hint}</p>
            <button
              className={name === 'keep' ? 'btn' : 'btn o'}
              aria-disabled={resolve.isBusy}
              aria-expanded={name === 'keep' ? undefined : act === name}
              onClick={() => (name === 'keep' ? resolve.run(null) : setAct(act === name ? null : name))}
            >
              {label}
            </button>
          </li>
        ))}
      </ul>
      {act === 'ground' ? <Ground isBusy={resolve.isBusy} onSend={(text) => resolve.run(text)} /> : null}
      {act === 'offer' ? (
        <DecideForm
          cycle={cycle}
          answer={answer}
          again={{
            label: decideText['after.offerSend'],
            mayRepeat: change !== null && OVER.includes(change.state),
          }}
          onDecided={() => setAct(null)}
        />
      ) : null}
      <p className="trouble" role="alert">
        {resolve.trouble}
      </p>
    </div>
  );
}

/** The written ground; the file shows it. */
function Ground({ isBusy, onSend }: { isBusy: boolean; onSend: (text: string) => void }): ReactNode {
  const [text, setText] = useState('');
  const [isShort, setShort] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const count = text.trim().length;
  const send = (): void => {
    const tooShort = count < MIN_GROUND;
    setShort(tooShort);
    if (tooShort) field.current?.focus();
    else onSend(text.trim());
  };
  return (
    <div className="decide">
      <label className="reason">
        <span>{decideText['after.groundLabel']}</span>
        <textarea
          ref={field}
          rows={3}
          maxLength={2_000}
          value={text}
          required
          aria-invalid={isShort}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <p className="trouble" role="alert">
        {isShort ? fill(decideText['after.groundShort'], { min: MIN_GROUND, count }) : ''}
      </p>
      <div className="acts">
        <button className="btn" aria-disabled={isBusy} onClick={send}>
          {decideText['after.groundSend']}
        </button>
      </div>
    </div>
  );
}
