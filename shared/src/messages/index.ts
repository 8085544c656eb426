export * from './errors.ts';
export * from './words.ts';
export * from './format.ts';
export * from './imports.ts';
export * from './login.ts';
export * from './metrics.ts';
export * from './notices.ts';
export * from './screens.ts';
