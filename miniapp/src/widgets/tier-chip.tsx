import { tierNames, type Tier } from '@shigang/shared';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** A tier as icon, word and colour: never colour alone. */
export function TierChip({ tier }: { tier: Tier }): ReactNode {
  return (
    <span className={`tier ${tier}`}>
      <Icon name={tier} />
      <span>{tierNames[tier]}</span>
    </span>
  );
}
