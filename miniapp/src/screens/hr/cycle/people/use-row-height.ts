import { useSyncExternalStore } from 'react';

/** Pixels of a row, as in people.css: one line on a desk, two on a phone. */
const ROW = 36;
const PHONE_ROW = 64;
const PHONE = '(max-width: 899px)';

const subscribe = (notify: () => void): (() => void) => {
  const query = matchMedia(PHONE);
  query.addEventListener('change', notify);
  return () => query.removeEventListener('change', notify);
};

export const useRowHeight = (): number =>
  useSyncExternalStore(subscribe, () => (matchMedia(PHONE).matches ? PHONE_ROW : ROW));
