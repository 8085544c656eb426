/** The frame in which the app runs as the chosen person, and the client around it. */
export const frameScript = `
const DESKTOP_WIDTH = 1200;
const PHONE_HEIGHT = 812;
const TITLE_BAR = 44;
const BORDER = 18;
let frame = null;
let address = null;

const openLink = guarded(async (link, messageId, form) => {
  if (!state.person) return;
  const page = await ask('/_sim/open', { userId: state.person, link: link, form: form });
  if (!page.isApp) { window.open(page.url, '_blank', 'noopener'); return; }
  state.opened = messageId || null;
  state.form = page.form;
  showFrame(page.url);
  document.querySelectorAll('.card').forEach((card) =>
    card.classList.toggle('open', card.dataset.message === state.opened));
});

function showFrame(url) {
  address = url;
  frame = node('iframe', { title: '以所选的人的身份打开的应用', src: url });
  $('viewport').replaceChildren(frame);
  $('frame-title').textContent = '应用';
  $('tools').hidden = $('device').hidden = false;
  $('stage-empty').hidden = true;
  $('new-tab').href = url;
  fitFrame();
}

function closeFrame() {
  frame = null;
  state.form = 'none';
  $('sim').classList.remove('expanded');
  $('viewport').replaceChildren();
  $('tools').hidden = $('device').hidden = true;
  $('stage-empty').hidden = false;
  fitFrame();
}

function fitFrame() {
  $('sim').dataset.form = state.form;
  const buttons = [['form', state.form], ['width', String(state.width)]];
  for (const [name, value] of buttons) {
    document.querySelectorAll('.tools button[data-' + name + ']').forEach((button) =>
      button.setAttribute('aria-pressed', String(button.dataset[name] === value)));
  }
  $('expand').setAttribute('aria-pressed', String($('sim').classList.contains('expanded')));
  $('expand').textContent = $('sim').classList.contains('expanded') ? '缩小' : '放大';
  if (!frame) return;
  const stage = document.querySelector('.stage').getBoundingClientRect();
  const room = { width: stage.width - 24, height: stage.height - 24 - 40 };
  const isPhone = state.form === 'phone';
  const width = isPhone ? Number(state.width) : Math.max(DESKTOP_WIDTH, Math.floor(room.width));
  const scale = isPhone ? Math.min(1, (room.height - BORDER - TITLE_BAR) / (PHONE_HEIGHT - TITLE_BAR)) : Math.min(1, room.width / width);
  const visible = isPhone ? (PHONE_HEIGHT - TITLE_BAR) * scale : room.height - TITLE_BAR - 2;
  $('device').style.width = Math.round(width * scale) + (isPhone ? BORDER : 2) + 'px';
  $('viewport').style.flex = '0 0 ' + Math.floor(visible) + 'px';
  frame.style.width = width + 'px';
  frame.style.height = Math.ceil(visible / scale) + 'px';
  frame.style.transform = 'scale(' + scale + ')';
}

let toastTimer;
function showToast(params) {
  $('toast').textContent = params.text || params.content || '';
  $('toast').hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $('toast').hidden = true; }, 2000);
}

function hear(event) {
  if (!frame || event.source !== frame.contentWindow) return;
  const data = event.data || {};
  if (data.source !== 'make-believe-dingtalk') return;
  const detail = data.detail || {};
  if (data.kind === 'title') $('frame-title').textContent = detail.title || '应用';
  if (data.kind === 'page' && detail.title && state.form === 'pc') $('frame-title').textContent = detail.title;
  if (data.kind === 'close') closeFrame();
  if (data.kind === 'link' && detail.url) openLink(detail.url, state.opened, state.form);
  if (data.kind === 'toast') showToast(detail);
}

function startFrame() {
  window.addEventListener('message', hear);
  window.addEventListener('resize', fitFrame);
  $('open-app').addEventListener('click', () => openLink(undefined, null));
  $('reload').addEventListener('click', () => { if (address) showFrame(address); });
  $('back').addEventListener('click', () => {
    if (frame) frame.contentWindow.postMessage({ source: 'make-believe-dingtalk', kind: 'back' }, new URL(address).origin);
  });
  $('close').addEventListener('click', closeFrame);
  $('expand').addEventListener('click', () => { $('sim').classList.toggle('expanded'); fitFrame(); });
  document.querySelector('.tools').addEventListener('click', guarded(async (event) => {
    const pressed = event.target.dataset;
    if (pressed.width) state.width = pressed.width;
    if (pressed.form && pressed.form !== state.form) await turnInto(pressed.form);
    fitFrame();
  }));
}

async function turnInto(form) {
  $('sim').classList.remove('expanded');
  const own = new URL(address);
  const page = await ask('/_sim/open', { userId: state.person, form: form });
  state.form = page.form;
  showFrame(own.href);
}
`;
