export * from './canonical-plan.ts';
export * from './credit-split.ts';
export * from './parse-plan.ts';
export * from './plan.ts';
