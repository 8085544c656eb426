import { deskText, fill, instantName, periodName, salesRoleNames } from '@shigang/shared';
import type { CycleAnswer } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { useAddress } from './use-address.ts';

/** Which cycle, which model version, how fresh, and who is looking. */
export function TopBar({ cycle }: { cycle: CycleAnswer }): ReactNode {
  const [, change] = useAddress();
  const { model, viewer, dataAt, nowAt } = cycle;
  return (
    <header className="top">
      <label>
        <span className="sr">{deskText['cycle.choose']}</span>
        <select
          value={cycle.cycleId}
          onChange={(event) => change({ cycleId: event.target.value, person: null, metric: null }, true)}
        >
          {cycle.cycles.map((one) => (
            <option key={one.cycleId} value={one.cycleId}>
              {fill(deskText['cycle.option'], {
                period: periodName(one.period),
                role: salesRoleNames[one.role],
              })}
            </option>
          ))}
        </select>
      </label>
      <p className="n">
        <span>{fill(deskText['cycle.model'], { model: model.name, version: model.version })}</span>
        {dataAt ? <span>{fill(deskText['cycle.dataAt'], { at: instantName(dataAt, nowAt) })}</span> : null}
      </p>
      <span className="who">{viewer.name}</span>
    </header>
  );
}
