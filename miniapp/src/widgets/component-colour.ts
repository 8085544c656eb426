import type { ComponentSum } from '@shigang/shared/answers';

/** Kinds that stay grey: the old plan's colour stands for everything that is no reward component. */
const GREY = new Set(['clawback', 'adjustment', 'delta', 'guarantee', 'carried']);
const FIXED: Readonly<Record<string, number>> = {
  revenue_commission: 1,
  satisfaction_bonus: 2,
  renewal_commission: 3,
  coordination_reward: 4,
};

/** 1–5: components keep their colour whatever the plan's order. */
export const componentColour = (kind: ComponentSum['kind']): number =>
  GREY.has(kind) ? 5 : (FIXED[kind] ?? 5);
