import { approvalsScript } from './script-approvals.ts';
import { chatScript } from './script-chat.ts';
import { frameScript } from './script-frame.ts';
import { operationsScript } from './script-operations.ts';

const commonScript = `
const $ = (id) => document.getElementById(id);
const state = { person: null, opened: null, form: 'none', width: 375, seen: new Set() };

function node(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'onclick') element.addEventListener('click', value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

async function ask(path, body, method) {
  const init = body === undefined ? { method: method || 'GET' } : {
    method: method || 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(path, init);
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.error ? value.error.message : '模拟钉钉没有应答');
  return value;
}

let noticeTimer;
function notify(text, isGood) {
  const box = $('notice');
  box.textContent = text;
  box.classList.toggle('good', Boolean(isGood));
  box.hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => { box.hidden = true; }, 6000);
}
const guarded = (run) => (...args) => Promise.resolve(run(...args)).catch((error) => notify(error.message));
/** A button that acts: a second click while it is at work, or after it has worked, does nothing. */
const once = (run) => {
  let isSpent = false;
  return guarded(async () => {
    if (isSpent) return;
    isSpent = true;
    try { await run(); } catch (error) { isSpent = false; throw error; }
  });
};
`;

const startScript = `
const refresh = guarded(async () => { await Promise.all([showPeople(), showChat(), showStatus()]); });

function listen() {
  const socket = new WebSocket('ws://' + location.host + '/_sim/live');
  socket.onmessage = refresh;
  socket.onclose = () => setTimeout(() => { refresh(); listen(); }, 2000);
}

$('find').addEventListener('input', guarded(showPeople));
window.addEventListener('hashchange', () => choose(decodeURIComponent(location.hash.slice(1))));
if (location.hash.length > 1) state.person = decodeURIComponent(location.hash.slice(1));
startFrame();
startOperations();
refresh();
listen();
`;

/** The console's script: plain JavaScript, in parts. */
export const consoleScript = `'use strict';
${commonScript}${chatScript}${approvalsScript}${frameScript}${operationsScript}${startScript}`;
