// The demo's last words. Every figure is read from the running system.
import { PERIOD } from './story.mjs';

const EXAMPLE_PERSON = 'zhangsan';

/** Prints tiers, an example statement, what HR was sent and the addresses to open. */
export async function printSummary(house) {
  const people = await house.shigang(['cycle', 'list', '--period', PERIOD]);
  const { counts } = people;
  const incentive = await house.shigang([
    'explain',
    'incentive',
    '--user',
    EXAMPLE_PERSON,
    '--period',
    PERIOD,
  ]);
  const match = await house.shigang(['explain', 'match', '--user', EXAMPLE_PERSON, '--period', PERIOD]);
  const books = await (await fetch(new URL('/_sim/books', house.urls.simulatorApi))).json();
  const told = books.notices.flatMap((notice) => notice.recipients);
  console.log(`
${PERIOD}
分层 ${counts.transition} / ${counts.train} / ${counts.reassign}
${incentive.name} ${yuan(incentive.totalFen)}（原方案 ${yuan(incentive.oldPlanTotalFen)}）
${match.name} 匹配分 ${match.score.toFixed(2)}
钉钉卡片已送达 ${told.length} 人：${told.join('、')}

DingTalk simulator (pick a person, read the chat, tap a card)  ${house.urls.simulator}
Shigang itself                                                 ${house.urls.app}
Command line                                                   npx shigang explain match --user ${EXAMPLE_PERSON} --period ${PERIOD}`);
}

/** Fen as `¥9,300.00`. */
function yuan(fen) {
  const [whole, cents] = [Math.trunc(Math.abs(fen) / 100), String(Math.abs(fen) % 100).padStart(2, '0')];
  return `${fen < 0 ? '-' : ''}¥${String(whole).replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}
