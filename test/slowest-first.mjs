import { createRequire } from 'node:module';

const Sequencer = createRequire(import.meta.url)('@jest/test-sequencer').default;

/** Suites that take longest, the longest first: begun last, one of them would keep a single worker busy at the end. */
const SLOW = [
  /fault\/kill\//,
  /acceptance\/command-line/,
  /acceptance\//,
  /fault\/decision-faults/,
  /fault\/killed-worker/,
  /fault\/lasting-trouble/,
  /screens\/(staff-pages|development|desk)/,
  /dingtalk\/gateway/,
  /fault\//,
  /security\//,
  /modules\/sync\//,
];

/** On a fresh clone jest knows no times of an earlier run and goes by the size of the files. */
export default class SlowestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = SLOW.findIndex((pattern) => pattern.test(path));
      return at === -1 ? SLOW.length : at;
    };
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
}
