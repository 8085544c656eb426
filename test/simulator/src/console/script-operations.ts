/** Clock, quota, calls and faults. */
export const operationsScript = `
const KINDS = { qps: '超频', quota: '额度用完', busy: '系统繁忙', http500: 'HTTP 500', html: '返回网页',
  hang: '挂起 30 秒', truncate: '截断', token: '令牌过期', denied: '没有权限', undelivered: '未送达' };
const COLOURS = ['--c1', '--c2', '--c3', '--c4', '--c5'];
const FIRST_PATHS = ['/topapi/v2/user/list', '/topapi/v2/user/get', '/topapi/v2/department/listsub',
  '/topapi/message/corpconversation/asyncsend_v2', '/topapi/message/corpconversation/getsendresult',
  'POST /v1.0/workflow/processInstances', 'GET /v1.0/workflow/processInstances', '/v1.0/hrm/processes/transfer',
  '/v1.0/todo/*', '/gettoken'];
const number = (value) => value.toLocaleString('zh-CN');
let status = null;

async function showStatus() {
  status = await ask('/_sim/status');
  const edition = status.quota.edition === 'standard' ? '标准版' : '专业版';
  $('company').textContent = [status.company, edition, number(status.headcount) + ' 人'].join(' · ');
  $('now').textContent = status.now.slice(0, 16).replace('T', ' ');
  showQuota(status.quota, status.totals);
  showPushes(status.pushes, status.connections);
  showApprovals(status.approvals);
  showCalls();
  showFaults(status.faults);
}

function showQuota(quota, totals) {
  const [year, month] = quota.month.split('-');
  $('quota-month').textContent = year + ' 年 ' + Number(month) + ' 月';
  $('used').textContent = number(quota.used);
  $('limit').textContent = number(quota.limit);
  const purposes = Object.entries(totals.meteredByPurpose).sort((a, b) => b[1] - a[1]);
  $('meter').setAttribute('aria-label', '已用 ' + (quota.used * 100 / quota.limit).toFixed(2) + '%');
  $('meter').replaceChildren(...(quota.used === 0 ? [] : purposes.map(([, count], i) => {
    const part = node('i');
    part.style.width = (quota.used / quota.limit) * (count / totals.metered) * 100 + '%';
    part.style.background = 'var(' + COLOURS[Math.min(i, COLOURS.length - 1)] + ')';
    return part;
  })));
  $('purposes').textContent = purposes.length
    ? '累计 ' + purposes.map(([purpose, count]) => purpose + ' ' + number(count)).join(' · ')
    : '通讯录和花名册不计费';
}

function showPushes(pushes, connections) {
  $('pushes-used').textContent = number(pushes.used);
  $('pushes-limit').textContent = number(pushes.limit);
  const share = Math.min(100, pushes.used * 100 / pushes.limit);
  const part = node('i');
  part.style.width = share + '%';
  part.style.background = 'var(--c5)';
  $('pushes-meter').setAttribute('aria-label', '已用 ' + share.toFixed(2) + '%');
  $('pushes-meter').replaceChildren(...(pushes.used === 0 ? [] : [part]));
  $('connections').textContent = connections ? 'Stream 已连接 ' + connections + ' 条' : 'Stream 没有连接，事件会重推两次再作罢';
}

function showCalls() {
  const onlyFailed = $('only-failed').checked;
  const isFailed = (call) => call.code !== undefined || call.status >= 400;
  const calls = status.calls.filter((call) => !onlyFailed || isFailed(call));
  $('total').textContent = '共 ' + number(status.totals.calls);
  $('calls').replaceChildren(...calls.map((call) => node('tr', { class: isFailed(call) ? 'failed' : undefined },
    node('td', {}, call.at.slice(11, 19)),
    node('td', { title: call.method + ' ' + call.path }, call.path.replace(/^.(topapi.(message.corpconversation.|smartwork.hrm.)?|v1\\.0.)?/, '')),
    node('td', { class: 'r', title: call.code }, call.code && call.status === 200 ? call.code : String(call.status || '–')),
    node('td', {}, (call.metered ? '1 ' : '0 ') + (call.purpose || '')))));
}

function showFaults(faults) {
  $('fault-count').textContent = faults.length ? faults.length + ' 个生效' : '';
  $('faults').replaceChildren(...faults.map((fault) => node('li', {},
    node('b', {}, KINDS[fault.kind]), node('code', { title: fault.match }, fault.match),
    node('span', {}, fault.left === null ? '不限' : '还剩 ' + fault.left + ' 次'),
    node('button', { type: 'button', onclick: guarded(async () => {
      await ask('/_sim/faults?id=' + fault.id, undefined, 'DELETE');
      await showStatus();
    }) }, '取消'))));
}

const addFault = guarded(async (kind) => {
  const times = $('fault-times').value;
  await ask('/_sim/faults', { match: $('fault-path').value, kind: kind, times: times ? Number(times) : undefined });
  await showStatus();
});

function quarterEnd(now) {
  const year = Number(now.slice(0, 4));
  const month = Math.ceil(Number(now.slice(5, 7)) / 3) * 3 + 1;
  const start = month > 12 ? (year + 1) + '-01' : year + '-' + String(month).padStart(2, '0');
  return start + '-01T03:05:00+08:00';
}

function monthEnd(now) {
  const [year, month] = [Number(now.slice(0, 4)), Number(now.slice(5, 7))];
  const next = month === 12 ? (year + 1) + '-01' : year + '-' + String(month + 1).padStart(2, '0');
  return next + '-01T00:05:00+08:00';
}

const moveClock = guarded(async (body) => {
  const buttons = document.querySelectorAll('.clock button');
  buttons.forEach((button) => { button.disabled = true; });
  if (status && status.hasClockHook) notify('正在把业务时间往后推，应用会补做这段时间里的定时任务…', true);
  try {
    const moved = await ask('/_sim/clock', body);
    if (moved.hook && moved.hook.exitCode !== 0) notify('时间已改，但命令没有成功：\\n' + moved.hook.output.slice(-600));
    else notify('业务时间 ' + moved.now.slice(0, 16).replace('T', ' ') + (frame ? '。打开着的页面按 ↻ 更新' : ''), true);
    await refresh();
  } finally {
    buttons.forEach((button) => { button.disabled = false; });
  }
});

function startOperations() {
  $('fault-path').value = FIRST_PATHS[0];
  $('paths').replaceChildren(...FIRST_PATHS.map((path) => node('option', { value: path })));
  $('fault-kinds').replaceChildren(...Object.entries(KINDS).map(([kind, name]) =>
    node('button', { type: 'button', onclick: () => addFault(kind) }, name)));
  $('only-failed').addEventListener('change', () => { if (status) showCalls(); });
  document.querySelector('.clock').addEventListener('click', (event) => {
    const { advance, to } = event.target.dataset;
    if (advance) moveClock({ advance: advance });
    if (to && status) moveClock({ now: to === 'month' ? monthEnd(status.now) : quarterEnd(status.now) });
  });
}
`;
