// What is proved in full now and then; `.ci/run` takes the slice that the suites take when nothing else is asked for.

/**
 * Name → what is proved, the suites (paths for jest) or the benches, and how much more than the slice: PROOF_TIMES, a
 * factor or `all`. `unit` is what the count counts.
 */
export const PROOFS = {
  kills: {
    what: 'processes killed before and after each commit and call of the decision’s route, and at random moments',
    suites: ['test/src/fault/kill'],
    times: 'all',
    unit: 'kills',
  },
  decisions: {
    what: 'long random walks through the model of the decision, with DingTalk’s troubles',
    suites: ['test/src/fault/decision-model'],
    times: 20,
    unit: 'walks of 70 steps',
  },
  imports: {
    what: 'damaged CSV files and workbooks',
    suites: ['server/src/modules/intake/import-fuzz'],
    times: 20,
    unit: 'files',
  },
  'under-way': {
    what: 'an API record stored in under a second in the middle of an import of 100,000 rows',
    suites: ['server/src/modules/intake/import-under-way'],
    times: 34,
    unit: 'rows',
  },
  properties: {
    what: 'properties of the rules, of parsing, of the organisation plan and of malformed answers',
    suites: [
      ...['shared/src', 'server/src/modules/intake/parse', 'server/src/modules/sync/plan-org'],
      'server/src/dingtalk/malformed-answers',
    ],
    times: 20,
    unit: 'cases',
  },
  redis: {
    what: 'Redis emptied again and again while cards are due',
    suites: ['test/src/fault/emptied-redis'],
    times: 20,
    unit: 'rounds',
  },
  scale: {
    what: 'profiles of 20,000 people from a million deals, a million statement lines, a file of 100,000 rows',
    benches: ['rebuild', 'incentives', 'import'],
    unit: 'benches',
  },
};
