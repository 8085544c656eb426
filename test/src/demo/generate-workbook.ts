import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { demoRows } from './story/index.ts';
import { workbookOf } from './write-workbook.ts';

/**
 * Writes the demo company's workbook, from the repository's root:
 * `node --conditions=shigang-source --import tsx test/src/demo/generate-workbook.ts [FILE]`
 */
async function main(): Promise<void> {
  const file = resolve(process.argv[2] ?? 'examples/demo/history.xlsx');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await workbookOf(demoRows()));
  process.stdout.write(`${file}\n`);
}

void main();
