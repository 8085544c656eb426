import type { ReactNode } from 'react';
import { h, hydrate, type ComponentType } from 'preact';
import type { PageInput, PageName } from '../api/pages.ts';
import { keepOffline } from '../session/offline.ts';

/** Each screen is a chunk of its own: a page loads the one it shows. */
const screens = {
  home: () => import('../screens/staff/home/screen.tsx').then((m) => m.HomeScreen),
  statement: () => import('../screens/staff/statement/screen.tsx').then((m) => m.StatementScreen),
  match: () => import('../screens/staff/match/screen.tsx').then((m) => m.MatchScreen),
  evidence: () => import('../screens/staff/evidence/screen.tsx').then((m) => m.EvidenceScreen),
  problem: () => import('../screens/staff/problem/screen.tsx').then((m) => m.ProblemScreen),
} satisfies Record<PageName, () => Promise<(props: never) => ReactNode>>;

/** Takes over the server's HTML without changing a byte of it. */
async function start(): Promise<void> {
  const root = document.getElementById('root');
  const data = document.getElementById('data');
  if (!root || !data) return;
  const { page, ...props } = JSON.parse(data.textContent) as PageInput;
  const Screen = (await screens[page]()) as unknown as ComponentType;
  hydrate(h(Screen, props as object), root);
  root.dataset['ready'] = '';
  keepOffline();
  const { setTitle } = await import('../dingtalk/bridge.ts');
  await setTitle(document.title);
}

void start();
