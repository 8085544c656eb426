import { resolve } from 'node:path';

/** Root of the clone; jest's own root. */
export const ROOT = resolve(__dirname, '../../..');
