import { cleanUp } from './servers.ts';

/** A test or hook on real servers takes seconds on a loaded machine of two cores; one that hangs still ends. */
const TIMEOUT_MS = 60_000;

jest.setTimeout(TIMEOUT_MS);

/** Databases, Redis keys, browsers and processes of a test file end with it; see afterSuite(). */
afterAll(cleanUp, TIMEOUT_MS);
