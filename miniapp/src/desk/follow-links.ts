import type { MouseEvent } from 'react';
import { go } from './address.ts';

/** Links between screens need no new page; anything else about a link stays the browser's. */
export function followLinks(event: MouseEvent<HTMLElement>): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target !== '' || link.hasAttribute('download') || link.hash !== '') return;
  if (link.origin !== location.origin || !/^\/desk(\/|$)/.test(link.pathname)) return;
  event.preventDefault();
  go(link.pathname + link.search, true);
  scrollTo(0, 0);
  document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
}
