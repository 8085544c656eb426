/** People and the chat of the one chosen. */
export const chatScript = `
async function showPeople() {
  const { groups } = await ask('/_sim/people?q=' + encodeURIComponent($('find').value));
  const list = groups.flatMap((group) => [
    node('h2', {}, group.title + ' ' + group.count),
    ...group.people.map(personButton),
    group.count > group.people.length
      ? node('p', { class: 'more' }, '只列出前 ' + group.people.length + ' 人，请用上面的查找') : null,
  ]).filter(Boolean);
  const scroll = $('people').parentElement.scrollTop;
  const focused = document.activeElement && document.activeElement.dataset.userid;
  $('people').replaceChildren(...(list.length ? list : [node('p', { class: 'more' }, '没有找到')]));
  $('people').parentElement.scrollTop = scroll;
  if (focused) { const again = document.querySelector('[data-userid="' + CSS.escape(focused) + '"]'); if (again) again.focus(); }
}

function personButton(person) {
  const badge = person.unread ? node('span', { class: 'badge', 'aria-label': person.unread + ' 条未读或待处理' }, String(person.unread)) : null;
  return node('button', { type: 'button', class: 'person', 'data-userid': person.userid,
    'aria-current': person.userid === state.person ? 'true' : undefined, onclick: () => { location.hash = person.userid; } },
    node('span', { class: 'avatar', 'aria-hidden': 'true' }, person.name.slice(0, 1)),
    node('span', {}, person.name, node('small', {}, person.detail)), badge);
}

const choose = guarded(async (userid) => {
  if (userid === state.person) return;
  state.person = userid;
  state.opened = null;
  state.seen = new Set();
  closeFrame();
  await Promise.all([showPeople(), showChat()]);
});

function stampOf(at) {
  const today = $('now').textContent.slice(0, 10);
  const day = at.slice(0, 10);
  return (day === today ? '今天' : Number(day.slice(5, 7)) + '月' + Number(day.slice(8)) + '日') + ' ' + at.slice(11, 16);
}

async function showChat() {
  if (!state.person) {
    $('messages').replaceChildren(node('p', { class: 'none' }, '先在左边选一个人，看看收到了什么。'));
    return;
  }
  const chat = await ask('/_sim/chat?userId=' + encodeURIComponent(state.person));
  if (chat.userId !== state.person) return;
  $('chat-title').textContent = chat.name + '的会话';
  $('chat-detail').textContent = '工作通知、审批和待办';
  $('open-app').hidden = false;
  const box = $('messages');
  const wasAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
  const isFirst = state.seen.size === 0;
  const cards = chat.messages.flatMap((message) => [
    node('p', { class: 'stamp n' }, stampOf(message.at) + ' · ' + (message.kind === 'notice' ? '工作通知' : message.type)), messageCard(message, isFirst)]);
  box.replaceChildren(...(cards.length ? cards : [node('p', { class: 'none' }, '还没有收到消息。点“打开应用”，看这个人的页面。')]));
  if (wasAtEnd || isFirst) box.scrollTop = box.scrollHeight;
  chat.messages.forEach((message) => state.seen.add(message.id));
  restoreRemark(box);
  for (const message of chat.messages.filter((other) => other.kind === 'notice' && !other.isRead && !other.isRecalled)) {
    await ask('/_sim/notices/' + message.id + '/read', { userId: state.person });
  }
}

function messageCard(message, isFirst) {
  const body = node('div', { class: 'body' });
  body.innerHTML = message.isRecalled ? '<p>这条消息已被撤回。</p>' : message.html;
  if (message.title && !message.isRecalled) body.prepend(node('p', { class: 'title' }, message.title));
  body.querySelectorAll('[data-link]').forEach((link) => link.addEventListener('click', (event) => {
    event.preventDefault();
    openLink(link.dataset.link, message.id);
  }));
  const links = message.isRecalled ? [] : message.links;
  const names = ['card', state.opened === message.id && 'open', message.isRecalled && 'recalled',
    !isFirst && !state.seen.has(message.id) && 'new'].filter(Boolean);
  return node('article', { class: names.join(' '), 'data-message': message.id },
    node('p', { class: 'from' }, node('span', {}, message.type), node('span', {}, message.note || (message.isRead ? '已读' : '未读'))), body,
    (message.actions || []).includes('agree') ? remarkField(message) : null,
    links.length || (message.actions || []).length ? node('div', { class: 'act' }, ...links.map((link) =>
      node('button', { type: 'button', onclick: () => openLink(link.link, message.id) }, link.title)),
      ...(message.actions || []).map((action) => actionButton(message, action))) : null);
}

const ACTIONS = { agree: '同意', refuse: '拒绝', terminate: '撤回', done: '完成' };
const remarks = new Map();
const remarkKey = (id) => state.person + '/' + id;

function remarkField(message) {
  const input = node('input', { class: 'card-remark', 'data-remark': message.id, maxlength: 1024, placeholder: '意见（可以不填）',
    'aria-label': '对“' + message.title + '”的意见', autocomplete: 'off' });
  input.value = remarks.get(remarkKey(message.id)) || '';
  input.addEventListener('input', () => remarks.set(remarkKey(message.id), input.value));
  return input;
}

let lastRemark = null;
document.addEventListener('focusin', (event) => { lastRemark = event.target.dataset.remark || null; });

function restoreRemark(box) {
  if (!lastRemark || document.activeElement !== document.body) return;
  const input = box.querySelector('[data-remark="' + CSS.escape(lastRemark) + '"]');
  if (input) { input.focus(); input.setSelectionRange(input.value.length, input.value.length); }
}

function actionButton(message, action) {
  return node('button', { type: 'button', class: action === 'agree' ? 'main' : undefined,
    'aria-label': ACTIONS[action] + '：' + message.title, onclick: once(async () => {
      if (action === 'done') await ask('/_sim/todos/' + message.id + '/done', { userId: state.person });
      else await decide(message.id, action, { userId: state.person, remark: remarks.get(remarkKey(message.id)) });
      remarks.delete(remarkKey(message.id));
      await refresh();
    }) }, ACTIONS[action]);
}

const decide = (id, result, more) => ask('/_sim/approvals/' + encodeURIComponent(id), Object.assign({ result: result }, more));
`;
