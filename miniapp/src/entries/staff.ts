import type { PageInput } from '../staff/pages.ts';
import { closeMenus } from '../session/menus.ts';
import { keepOffline } from '../session/offline.ts';
import { pullToRefresh } from '../session/refresh.ts';

/**
 * Runs after the first paint. Pages are complete HTML and need no script to be read; the statement (its sheet) and an
 * open reply alone have something to take over, and say so by carrying their data.
 */
async function start(): Promise<void> {
  const root = document.getElementById('root');
  const data = document.getElementById('data');
  if (root && data) {
    const input = JSON.parse(data.textContent) as PageInput;
    if (input.page === 'statement') (await import('./statement.tsx')).hydrateStatement(root, input);
    if (input.page === 'development') (await import('./development.tsx')).hydrateDevelopment(root, input);
  }
  root?.setAttribute('data-ready', '');
  closeMenus();
  keepOffline();
  pullToRefresh();
  const { setTitle } = await import('../dingtalk/bridge.ts');
  await setTitle(document.title);
}

void start();
