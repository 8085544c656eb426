/** Once per jest, before the first suite: databases that the suites of a run share carry its number (database-of-run.ts). */
export default function runBegins() {
  process.env.TEST_JEST_PID = String(process.pid);
}
