import type { ReactNode } from 'react';
import type { MatchIndicator } from '@shigang/shared/answers';

const FULL_HUNDREDTHS = 10_000;

/** How far between floor and target a value lies, in hundredths of a percent, clamped. */
export function attainmentOf(indicator: MatchIndicator, tenThousandths: number): number {
  const { floorTenThousandths: floor, targetTenThousandths: target } = indicator;
  if (target === floor) return 0;
  const share = Math.round(((tenThousandths - floor) * FULL_HUNDREDTHS) / (target - floor));
  return Math.min(Math.max(share, 0), FULL_HUNDREDTHS);
}

/** From floor to target: how far the value reaches, and where the team's average lies. The words beside say the same. */
export function AttainmentBar({ indicator }: { indicator: MatchIndicator }): ReactNode {
  const { attainmentHundredths, teamAverageTenThousandths: team } = indicator;
  if (attainmentHundredths === null) return null;
  const mark = team === null ? null : attainmentOf(indicator, team);
  return (
    <svg className="bar" height="8" aria-hidden="true">
      <rect className="f-track" width="100%" height="8" />
      <rect className="f-accent" width={`${attainmentHundredths / 100}%`} height="8" />
      {mark === null ? null : (
        <rect className="f-team" x={`${Math.min(mark / 100, 99)}%`} width="2" height="8" />
      )}
    </svg>
  );
}
