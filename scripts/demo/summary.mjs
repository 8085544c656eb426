// The demo's last words. Every figure is read from the running system.
import { connectMysql } from '../services/trial.mjs';
import { PERIOD, STEPS } from './steps.mjs';

const EXAMPLE_PERSON = 'zhangsan';

/** Prints tiers, an example statement, whom a card reached and the addresses to open. */
export async function printSummary(house) {
  const { counts } = await house.shigang(['cycle', 'list', '--period', PERIOD]);
  const incentive = await explain(house, 'incentive', PERIOD);
  const match = await explain(house, 'match', PERIOD);
  const books = await house.simulator('/books');
  const told = [...new Set(books.notices.flatMap((notice) => notice.recipients))];
  console.log(`
${PERIOD}
分层 ${counts.transition} / ${counts.train} / ${counts.reassign}
${incentive.name} ${yuan(incentive.totalFen)}（原方案 ${yuan(incentive.oldPlanTotalFen)}）
${match.name} 匹配分 ${match.score.toFixed(2)}
钉钉卡片已送达 ${told.length} 人：${told.join('、')}
${addressesOf(house)}`);
}

/** Prints what the decision has come to: two agreements, a role that changed on its day, the rest back with HR. */
export async function printEnd(house) {
  const changes = await changesOf(house);
  const { employees } = await house.shigang(['employees']);
  const { transfers } = await house.simulator('/books');
  const person = (userId) => employees.find((one) => one.userId === userId);
  const departments = new Map(
    (await select(house, 'SELECT dept_id AS id, name FROM departments')).map(({ id, name }) => [
      Number(id),
      name,
    ]),
  );
  const moved = transfers.map(({ userId, deptId }) => `${person(userId)?.name} → ${departments.get(deptId)}`);
  const effective = changes.filter((change) => change.state === 'effective');
  const kept = changes.filter(
    (change) => change.state === 'returned' && person(change.userId)?.role === change.fromRole,
  );
  const { wonOn, period } = STEPS.newDeal;
  const statement = await explain(house, 'incentive', period);
  const line = statement.lines.find((one) => one.source.kind === 'deal' && one.anchorOn === wonOn);
  console.log(`
双方同意并生效 ${effective.length} 人：${effective.map((one) => `${one.name}（${one.effectiveOn} 起）`).join('、')}
钉钉人事调动 ${transfers.length} 笔：${moved.join('、')}
退回 HR、保持现岗 ${kept.length} 人：${kept.map((one) => one.name).join('、')}
${statement.name} ${wonOn} 的成交按${line?.plan.name ?? '（没有这一行）'}：${yuan(line?.amountFen ?? 0)}`);
}

/** Prints what one can do now that the cards have arrived. */
export function printWhatNow() {
  console.log(`
What you can do now, in the simulator's console:
  张三        tap the card in the chat, read why, and answer 我愿意
  陈立        agree or refuse the approvals in the chat (张三, 王五, 赵敏), with a remark
  沈悦        answer 想先聊聊: it comes back to HR, and her approval waits
  周敏        tap 查看名单 on the card, filter 状态 → 退回 HR: what came back, and what to do with it
  业务时间    到下月: on 2026-11-01 the roles of those change to whom both have agreed

  npx shigang cycle reply --period ${PERIOD} --user zhangsan --as zhangsan --answer agree
  npx shigang tick --until 2026-11-01T00:05+08:00`);
}

/** Prints where HR decides: nothing is decided, nobody knows anything yet. */
export async function printReview(house) {
  const { counts, state } = await house.shigang(['cycle', 'list', '--period', PERIOD]);
  const undecided = await undecidedOf(house);
  console.log(`
${PERIOD}
建议分层 ${counts.transition} / ${counts.train} / ${counts.reassign}
盘点状态 ${state}，${undecided} 人都还没有决定，没有人收到通知
HR 工作台：在模拟钉钉里选周敏，点“打开应用”；确认、逐个决定，再预览并发布
${addressesOf(house)}`);
}

const addressesOf = (house) => `
DingTalk simulator (pick a person, read the chat, tap a card)  ${house.urls.simulator}
Shigang itself                                                 ${house.urls.app}
Command line                                                   npx shigang explain match --user ${EXAMPLE_PERSON} --period ${PERIOD}`;

const explain = (house, what, period) =>
  house.shigang(['explain', what, '--user', EXAMPLE_PERSON, '--period', period]);

/** Offered role changes, transitions before the others, the best score first. */
const changesOf = (house) =>
  select(
    house,
    `SELECT c.user_id AS userId, m.name, c.state, c.from_role AS fromRole,
       CAST(c.effective_on AS CHAR) AS effectiveOn
     FROM role_changes c JOIN cycle_members m USING (cycle_id, user_id)
     ORDER BY m.score_hundredths DESC`,
  );

async function undecidedOf(house) {
  const [row] = await select(
    house,
    `SELECT COUNT(*) AS n FROM cycle_members m JOIN review_cycles c USING (cycle_id)
     WHERE c.period = '${PERIOD}' AND NOT EXISTS
       (SELECT 1 FROM decisions d WHERE d.cycle_id = m.cycle_id AND d.user_id = m.user_id)`,
  );
  return Number(row.n);
}

async function select(house, sql) {
  const connection = await connectMysql(house.env.DATABASE_URL);
  try {
    const [rows] = await connection.query(sql);
    return rows;
  } finally {
    connection.destroy();
  }
}

/** Fen as `¥9,300.00`. */
function yuan(fen) {
  const [whole, cents] = [Math.trunc(Math.abs(fen) / 100), String(Math.abs(fen) % 100).padStart(2, '0')];
  return `${fen < 0 ? '-' : ''}¥${String(whole).replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}
