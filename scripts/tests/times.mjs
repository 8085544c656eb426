// How long the suites of a run took: the reporter writes it, `npm test` and `.ci/run` print the slowest.
import { appendFileSync } from 'node:fs';
import { readText } from '../clone.mjs';

const SHOWN = 10;

/** One line per suite: {path, seconds, where?}. */
export const addTimes = (file, times) =>
  appendFileSync(file, times.map((time) => `${JSON.stringify(time)}\n`).join(''));

export const readTimes = (file) =>
  readText(file)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** The slowest suites, one a line, and what all took together; nothing for a handful that were quick. */
export function slowestLines(times, shown = SHOWN) {
  const slow = times.filter(({ seconds }) => seconds >= 1).sort((a, b) => b.seconds - a.seconds);
  if (slow.length === 0) return [];
  const sum = times.reduce((all, { seconds }) => all + seconds, 0);
  const line = ({ path, seconds, where }) =>
    `${seconds.toFixed(1).padStart(7)} s  ${path}${where === undefined ? '' : ` (${where})`}`;
  return [
    `Slowest of ${times.length} suites, ${sum.toFixed(0)} s in all:`,
    ...slow.slice(0, shown).map(line),
  ];
}
