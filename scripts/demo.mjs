// `npm run demo [-- --once | --review]`: from a bare clone to the demo company's published cycle, on real parts. Stays up
// for the person at the console; --review stops before anything is decided; --once goes on by itself to the role change
// on its day, ends when nothing is due any more, and leaves nothing running.
import { bootstrap } from './bootstrap.mjs';
import { goOn } from './demo/after-publication.mjs';
import { openHouse } from './demo/house.mjs';
import { STEPS } from './demo/steps.mjs';
import { tellUpToPublication, tellUpToReview } from './demo/story.mjs';
import { printEnd, printReview, printSummary, printWhatNow } from './demo/summary.mjs';

const OPTIONS = new Set(['--once', '--review']);
const PARENT_POLL_MS = 500;

const args = process.argv.slice(3);
const unknown = args.filter((arg) => !OPTIONS.has(arg));
if (unknown.length > 0) {
  console.error(`Unknown option ${unknown.join(' ')}: npm run demo [-- --once | --review]`);
  process.exit(2);
}

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stopping.abort());
watchParent();

const wanted = { once: args.includes('--once'), review: args.includes('--review') };
process.exit(await demo({ ...wanted, signal: stopping.signal }));

async function demo({ once, review, signal }) {
  let house;
  try {
    await bootstrap();
    house = await openHouse({ signal, startsAt: STEPS.startsAt[review ? 'review' : 'demo'] });
    await tellUpToReview(house);
    if (review) await printReview(house);
    else await tellFromReview(house, { once });
    if (once) return 0;
    console.log('\nStays up until Ctrl-C.');
    const ended = await Promise.race([aborted(signal), house.ended()]);
    if (ended === undefined) return 0;
    console.error(ended);
    return 1;
  } catch (error) {
    if (signal.aborted) return 130;
    console.error(error.message);
    if (house) console.error(house.logTail());
    return 1;
  } finally {
    await house?.close();
  }
}

async function tellFromReview(house, { once }) {
  await tellUpToPublication(house);
  if (once) await goOn(house);
  await printSummary(house);
  if (once) await printEnd(house);
  else printWhatNow();
}

function aborted(signal) {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/** npm can be killed without passing it on: then nobody would be left to press Ctrl-C. */
function watchParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stopping.abort();
  }, PARENT_POLL_MS).unref();
}
