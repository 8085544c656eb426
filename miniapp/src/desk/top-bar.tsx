import { deskText, fill, instantName, shellText } from '@shigang/shared';
import type { CycleSummary, SessionAnswer } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { Icon } from '../widgets/icon.tsx';
import { AccountMenu } from './account-menu.tsx';
import { CycleChoice } from './cycle-choice.tsx';
import { JobsPill } from './jobs/jobs-pill.tsx';
import { useCycle } from './use-cycle.ts';
import type { PanelState } from './use-panel.ts';

interface TopBarProps {
  cycles: readonly CycleSummary[];
  cycle: CycleSummary | null;
  viewer: SessionAnswer | undefined;
  menu: PanelState;
  onChoose: (cycle: CycleSummary) => void;
  onOut: () => void;
}

/** What all screens are about, how fresh it is, what is running, and who is looking. */
export function TopBar({ cycles, cycle, viewer, menu, onChoose, onOut }: TopBarProps): ReactNode {
  return (
    <header className="top">
      <button className="icon fold" aria-controls="nav" aria-label={shellText['shell.menu']} {...menu.button}>
        <Icon name="menu" />
      </button>
      <a className="brand" href="/desk">
        <i aria-hidden="true">
          <Icon name="transition" size="s" />
        </i>
        <span>{shellText['shell.app']}</span>
      </a>
      {cycles.length > 0 ? <CycleChoice cycles={cycles} cycle={cycle} onChoose={onChoose} /> : null}
      {cycle === null ? null : <Freshness cycleId={cycle.cycleId} />}
      <span className="room" />
      <JobsPill />
      {viewer ? <AccountMenu viewer={viewer} onOut={onOut} /> : null}
    </header>
  );
}

/** The model version, and when the figures were computed. */
function Freshness({ cycleId }: { cycleId: string }): ReactNode {
  const { data } = useCycle(cycleId);
  if (!data) return null;
  const { model, dataAt, nowAt } = data;
  return (
    <p className="n">
      <span>{fill(deskText['cycle.model'], { model: model.name, version: model.version })}</span>
      {dataAt ? <span>{fill(deskText['cycle.dataAt'], { at: instantName(dataAt, nowAt) })}</span> : null}
    </p>
  );
}
