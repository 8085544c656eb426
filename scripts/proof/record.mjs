// The section “Proofs” of docs/benchmarks.md: one row per proof, replaced when it is proved again.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../clone.mjs';

const FILE = join(ROOT, 'docs', 'benchmarks.md');
const HEAD = '| proof | what | date | seed | count | duration |';

/** @param proof {name, what, date, seed, count, unit, seconds}; its old row goes */
export function record(proof) {
  const row = rowOf(proof);
  const lines = readFileSync(FILE, 'utf8').split('\n');
  const head = lines.indexOf(HEAD);
  if (head === -1) throw new Error(`docs/benchmarks.md has no table “${HEAD}”`);
  const old = lines.findIndex((line, at) => at > head && line.startsWith(`| \`${proof.name}\` |`));
  const end = lines.findIndex((line, at) => at > head && !line.startsWith('|'));
  if (old !== -1) lines[old] = row;
  else lines.splice(end === -1 ? lines.length : end, 0, row);
  writeFileSync(FILE, lines.join('\n'));
}

export function rowOf({ name, what, date, seed, count, unit, seconds }) {
  const cells = [
    `\`${name}\``,
    what,
    date,
    seed ?? '–',
    `${count.toLocaleString('en')} ${unit}`,
    duration(seconds),
  ];
  return `| ${cells.join(' | ')} |`;
}

const duration = (seconds) =>
  seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
