import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ROOT } from '../scripts/clone.mjs';
import { addTimes, slowestLines } from '../scripts/tests/times.mjs';

/**
 * Closes a jest run with its slowest suites and the line `N passed, N failed`. A suite that cannot be loaded counts as one
 * failure. Under `npm test`, which runs jest more than once, counts and times go to the files SHIGANG_TEST_COUNTS and
 * SHIGANG_TEST_TIMES and the caller prints the sum.
 */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const passed = results.numPassedTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const times = results.testResults.map(({ testFilePath, perfStats }) => ({
      path: relative(ROOT, testFilePath),
      seconds: (perfStats.end - perfStats.start) / 1000,
    }));
    const { SHIGANG_TEST_COUNTS: counts, SHIGANG_TEST_TIMES: file } = process.env;
    if (counts !== undefined && file !== undefined) {
      appendFileSync(counts, JSON.stringify({ passed, failed }) + '\n');
      addTimes(file, times);
      return;
    }
    process.once('exit', () => {
      for (const line of slowestLines(times)) console.log(line);
      console.log(`${passed} passed, ${failed} failed`);
    });
  }
}
