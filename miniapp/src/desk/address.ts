import { useSyncExternalStore } from 'react';

const CHANGED = 'shigang:address';
const subscribe = (notify: () => void): (() => void) => {
  addEventListener('popstate', notify);
  addEventListener(CHANGED, notify);
  return () => {
    removeEventListener('popstate', notify);
    removeEventListener(CHANGED, notify);
  };
};

/** Path and query of the page. */
export const currentHref = (): string => location.pathname + location.search;
export const useHref = (): string => useSyncExternalStore(subscribe, currentHref);

/** Name of the open panel, '' for none; it stands behind `#`, so that "back" closes it. */
export const usePanelName = (): string => useSyncExternalStore(subscribe, () => location.hash.slice(1));

/** The entry that a panel made for itself: going on replaces it, "back" leaves it. */
const PANEL = { isPanel: true };
const isPanelEntry = (): boolean => (history.state as Partial<typeof PANEL> | null)?.isPanel === true;

/** Goes to an address of the desk; `isStep` makes it one that "back" undoes. An open panel closes. */
export function go(href: string, isStep: boolean): void {
  if (isStep && !isPanelEntry()) history.pushState(null, '', href);
  else history.replaceState(null, '', href);
  dispatchEvent(new Event(CHANGED));
}

export function openPanel(name: string): void {
  if (location.hash === '') history.pushState(PANEL, '', `#${name}`);
  else history.replaceState(history.state, '', `#${name}`);
  dispatchEvent(new Event(CHANGED));
}

/** A click elsewhere also takes the focus away: both close the panel, and "back" must happen once. */
let isLeaving = false;
addEventListener('popstate', () => (isLeaving = false));

export function closePanel(): void {
  if (location.hash === '' || isLeaving) return;
  if (isPanelEntry()) {
    isLeaving = true;
    return history.back();
  }
  history.replaceState(null, '', currentHref());
  dispatchEvent(new Event(CHANGED));
}
