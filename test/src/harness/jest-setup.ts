import { cleanUp } from './servers.ts';

/** Databases, Redis keys, browsers and processes of a test file end with it; see afterSuite(). */
afterAll(cleanUp, 30_000);
