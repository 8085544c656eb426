// `npm run demo [-- --once]`: from a bare clone to the demo company's published cycle, on real parts. Stays up for
// the person at the console; with --once it ends when nothing is due any more, and leaves nothing running.
import { bootstrap } from './bootstrap.mjs';
import { openHouse } from './demo/house.mjs';
import { tellStory } from './demo/story.mjs';
import { printSummary } from './demo/summary.mjs';

const OPTIONS = new Set(['--once']);
const PARENT_POLL_MS = 500;

const args = process.argv.slice(3);
const unknown = args.filter((arg) => !OPTIONS.has(arg));
if (unknown.length > 0) {
  console.error(`Unknown option ${unknown.join(' ')}: npm run demo [-- --once]`);
  process.exit(2);
}

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stopping.abort());
watchParent();

process.exit(await demo({ once: args.includes('--once'), signal: stopping.signal }));

async function demo({ once, signal }) {
  let house;
  try {
    await bootstrap();
    house = await openHouse({ signal });
    await tellStory(house);
    await printSummary(house);
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
