import { loginText } from '@shigang/shared';
import { BridgeError } from '../dingtalk/bridge.ts';
import { signIn, type SessionStartAnswer } from '../session/sign-in.ts';

/** Signs in, puts the page in place of the skeleton, and hands over to the app that hydrates it. */
async function start(root: HTMLElement): Promise<void> {
  const { corpId = '', clientId = '', app = '' } = root.dataset;
  try {
    const answer = await signIn(corpId, clientId, location.pathname + location.search);
    const elsewhere = homeOf(answer);
    if (elsewhere !== null) return location.replace(elsewhere);
    show(root, answer);
  } catch (error) {
    return explain(root, error);
  }
  await import(/* @vite-ignore */ app);
}

/** HR people and managers without figures of their own have their home elsewhere; null: the page is the right one. */
function homeOf({ session }: SessionStartAnswer): string | null {
  const { seesOwnFigures, opensDesk, managesTeam } = session.abilities;
  if (seesOwnFigures || location.pathname !== '/') return null;
  if (opensDesk) return '/desk';
  return managesTeam ? '/team' : null;
}

function show(root: HTMLElement, { page }: SessionStartAnswer): void {
  if (!page) return;
  document.title = page.title;
  root.innerHTML = page.html;
  if (page.data === null) return;
  const data = document.createElement('script');
  data.type = 'application/json';
  data.id = 'data';
  data.textContent = JSON.stringify(page.data);
  document.body.append(data);
}

type Trouble = 'outside' | 'timeout' | 'failed';

/** Says what happened and offers to try again; a silent client and a plain browser are told apart. */
function explain(root: HTMLElement, error: unknown): void {
  const failure = error instanceof BridgeError ? error.failure : 'refused';
  const trouble: Trouble = failure === 'refused' ? 'failed' : failure;
  const card = document.createElement('section');
  card.className = 'card empty';
  card.setAttribute('role', 'alert');
  card.append(element('h1', loginText[`login.${trouble}`]), element('p', loginText[`login.${trouble}Hint`]));
  const retry = element('button', loginText['login.retry']);
  retry.className = 'btn';
  retry.addEventListener('click', () => location.reload());
  card.append(retry);
  const page = element('main', '');
  page.className = 'page';
  page.append(card);
  root.replaceChildren(page);
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

const root = document.getElementById('root');
if (root) void start(root);
