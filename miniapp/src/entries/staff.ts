import { keepOffline } from '../session/offline.ts';
import { pullToRefresh } from '../session/refresh.ts';

/**
 * Runs after the first paint. Pages are complete HTML and need no script to be read; the statement alone has something
 * to take over (its sheet), and says so by carrying its data.
 */
async function start(): Promise<void> {
  const root = document.getElementById('root');
  const data = document.getElementById('data');
  if (root && data) {
    const { hydrateStatement } = await import('./statement.tsx');
    hydrateStatement(root, data.textContent);
  }
  root?.setAttribute('data-ready', '');
  keepOffline();
  pullToRefresh();
  const { setTitle } = await import('../dingtalk/bridge.ts');
  await setTitle(document.title);
}

void start();
