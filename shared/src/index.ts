export * from './errors/app-error.ts';
export * from './messages/index.ts';
export * from './money/decimal.ts';
export * from './money/units.ts';
export * from './period/day.ts';
export * from './period/quarter.ts';
export * from './rounding/half-up.ts';
export * from './rounding/largest-remainder.ts';
