import { periodName, salesRoleNames, shellText } from '@shigang/shared';
import type { CycleSummary } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { cycleFor } from './use-cycle.ts';

interface CycleChoiceProps {
  cycles: readonly CycleSummary[];
  cycle: CycleSummary | null;
  onChoose: (cycle: CycleSummary) => void;
}

/** Quarter and role that every screen is about. */
export function CycleChoice({ cycles, cycle, onChoose }: CycleChoiceProps): ReactNode {
  const periods = [...new Set(cycles.map(({ period }) => period))];
  const roles = cycles.filter(({ period }) => period === cycle?.period).map(({ role }) => role);
  const choose = (period: string, role: CycleSummary['role'] | undefined): void => {
    const chosen = cycleFor(cycles, { period, role });
    if (chosen !== null) onChoose(chosen);
  };
  return (
    <div className="cycle-choice">
      <select
        aria-label={shellText['shell.period']}
        value={cycle?.period ?? ''}
        onChange={({ target }) => choose(target.value, cycle?.role)}
      >
        {cycle === null ? <option value="">–</option> : null}
        {periods.map((period) => (
          <option key={period} value={period}>
            {periodName(period)}
          </option>
        ))}
      </select>
      {cycle === null ? null : (
        <select
          aria-label={shellText['shell.role']}
          value={cycle.role}
          onChange={({ target }) =>
            choose(
              cycle.period,
              roles.find((role) => role === target.value),
            )
          }
        >
          {roles.map((role) => (
            <option key={role} value={role}>
              {salesRoleNames[role]}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
