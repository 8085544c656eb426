// The demo's steps as data, and what one says when it is done.
import { readFileSync } from 'node:fs';

/** The commands of the story: the acceptance suite runs the same ones. */
export const STEPS = JSON.parse(readFileSync(new URL('./steps.json', import.meta.url), 'utf8'));
export const PERIOD = STEPS.period;

/** Runs one command and says what came of it. @returns its document */
export async function take(house, name, args) {
  const startedAt = performance.now();
  const document = await house.shigang(args);
  say({ name, result: describe(document), startedAt });
  return document;
}

/** One line of progress. */
export function say({ name, result, startedAt }) {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`  ${name.padEnd(34)} ${result.padEnd(34)} ${seconds} s`);
}

/** What a document says in one line. */
function describe(document) {
  if (document.counts) return tiersOf(document);
  if (document.scopes)
    return `${document.status}: ${document.scopes.map((s) => `${s.name} ${s.read}`).join(', ')}`;
  const { rows, version, employees, statements } = document;
  if (rows !== undefined) return `${rows} rows`;
  if (version !== undefined) return `version ${version}`;
  if (Number.isInteger(employees)) return `${employees} people`;
  return statements === undefined ? '' : `${statements} statements`;
}

function tiersOf({ counts }) {
  // An employee's own command shows nobody's tiers.
  if (Object.values(counts).every((count) => count === 0)) return '';
  return `${counts.transition} / ${counts.train} / ${counts.reassign}`;
}
