import { appendFileSync } from 'node:fs';

/**
 * Closes a jest run with the line `N passed, N failed`. A suite that cannot be loaded counts as one failure.
 * Under `npm test`, which runs jest more than once, the counts go to the file SHIGANG_TEST_COUNTS and the
 * caller prints the one line of the sum.
 */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const passed = results.numPassedTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const file = process.env.SHIGANG_TEST_COUNTS;
    if (file !== undefined) appendFileSync(file, JSON.stringify({ passed, failed }) + '\n');
    else process.once('exit', () => console.log(`${passed} passed, ${failed} failed`));
  }
}
