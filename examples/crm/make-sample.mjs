// Takes the small excerpt that the tests import from the whole data set:
//   node examples/crm/make-sample.mjs sales_pipeline.csv
// writes sales_pipeline.sample.csv beside this script: every 22nd record, and all of the rarest product, so that every
// trap of the data is in it.
import { readFileSync, writeFileSync } from 'node:fs';

const EVERY = 22;
const RAREST = 'GTK 500';

const [header, ...records] = readFileSync(process.argv[2] ?? 'sales_pipeline.csv', 'utf8')
  .trim()
  .split(/\r?\n/);
const sample = records.filter((record, index) => index % EVERY === 0 || record.split(',')[2] === RAREST);
writeFileSync(new URL('sales_pipeline.sample.csv', import.meta.url), `${[header, ...sample].join('\n')}\n`);
