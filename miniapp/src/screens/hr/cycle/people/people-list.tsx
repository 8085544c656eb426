import { decideText, deskText, fill, isPublic, tierNames, wholeNumber } from '@shigang/shared';
import type { CycleAnswer, CyclePeopleAnswer } from '@shigang/shared/answers';
import { useDeferredValue, useMemo, useRef, type ReactNode } from 'react';
import { Icon } from '../../../../widgets/icon.tsx';
import { ConfirmBar } from './confirm-bar.tsx';
import { PeopleGrid } from './people-grid.tsx';
import { filterStates, RESULTS, rankNames, STATES, stateName, viewOf, type Result } from './people-view.ts';
import { DeskNotice } from '../../../../desk/problem.tsx';
import { useAddress } from '../use-address.ts';
import { usePicked } from './use-picked.ts';

export const resultName = (result: Result): string =>
  result === 'later' || result === 'left' ? deskText[`tier.${result}`] : tierNames[result];

/** The list with its filters; what is chosen stands in the address. */
export function PeopleList({ cycle, people }: { cycle: CycleAnswer; people: CyclePeopleAnswer }): ReactNode {
  const [address, change] = useAddress();
  const search = useRef<HTMLInputElement>(null);
  const { text, department, result, state, sort, isDescending } = address;
  const query = useMemo(
    () => ({ text, department: departmentIndex(people, department), result, state, sort, isDescending }),
    [people, text, department, result, state, sort, isDescending],
  );
  // Typing stays smooth: the list follows a frame later.
  const shownQuery = useDeferredValue(query);
  const ranks = useMemo(() => rankNames(people), [people]);
  const view = useMemo(() => viewOf(people, shownQuery, ranks), [people, shownQuery, ranks]);
  const isFiltered = text !== '' || department !== null || result !== null || state !== null;
  const clear = (): void => change({ text: '', department: null, result: null, state: null });
  const picked = usePicked(people, view);
  const isPicking = cycle.state === 'review';
  const total = people.rows;
  if (total === 0) {
    return (
      <section className="panel list">
        <DeskNotice title={deskText['list.none']} hint={deskText['list.noneHint']} />
      </section>
    );
  }
  return (
    <section className="panel list" aria-label={deskText['list.label']}>
      <div className="filters">
        <label className="field">
          <Icon name="search" size="s" />
          <input
            ref={search}
            type="search"
            value={text}
            placeholder={deskText['list.search']}
            aria-label={deskText['list.search']}
            onChange={(event) => change({ text: event.target.value })}
          />
        </label>
        <Choice
          label={deskText['list.department']}
          value={department}
          options={people.departments.map((name) => [name, name])}
          onChange={(value) => change({ department: value })}
        />
        <Choice
          label={deskText['list.tier']}
          value={result}
          options={RESULTS.map((one) => [one, resultName(one)])}
          onChange={(value) => change({ result: RESULTS.find((one) => one === value) ?? null })}
        />
        <Choice
          label={decideText['list.state']}
          value={state}
          options={filterStates(isPublic(cycle.state)).map((one) => [one, stateName(one)])}
          onChange={(value) => change({ state: STATES.find((one) => one === value) ?? null })}
        />
        <button className={isFiltered ? 'plain' : 'plain idle'} onClick={clear}>
          {deskText['list.clear']}
        </button>
      </div>
      <PeopleGrid
        cycle={cycle}
        people={people}
        view={view}
        picked={isPicking ? picked : null}
        onSearch={() => search.current?.focus()}
      />
      {view.length === 0 ? <DeskNotice title={deskText['list.empty']} hint="" /> : null}
      {isPicking ? <ConfirmBar cycleId={cycle.cycleId} people={people} picked={picked} /> : null}
      <footer className="n">
        <span>{isPicking ? decideText['list.keysPick'] : deskText['list.keys']}</span>
        <span role="status">
          {isFiltered
            ? fill(deskText['list.countOf'], { shown: wholeNumber(view.length), count: wholeNumber(total) })
            : fill(deskText['list.count'], { count: wholeNumber(total) })}
        </span>
      </footer>
    </section>
  );
}

const departmentIndex = (people: CyclePeopleAnswer, name: string | null): number | null =>
  name === null ? null : people.departments.indexOf(name);

interface ChoiceProps {
  label: string;
  value: string | null;
  options: readonly (readonly [value: string, name: string])[];
  onChange: (value: string | null) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps): ReactNode {
  return (
    <label className="field">
      <span>{label}</span>
      <select value={value ?? ''} onChange={(event) => onChange(event.target.value || null)}>
        <option value="">{deskText['list.all']}</option>
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
