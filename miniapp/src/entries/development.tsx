import { h, hydrate, type ComponentType } from 'preact';
import type { PageInput } from '../staff/pages.ts';
import { DevelopmentScreen } from '../screens/staff/development/screen.tsx';

/** Takes over the server's HTML of a page whose reply is open, without changing a byte of it. */
export function hydrateDevelopment(
  root: HTMLElement,
  { answer }: Extract<PageInput, { page: 'development' }>,
): void {
  const props = { first: answer };
  hydrate(h(DevelopmentScreen as unknown as ComponentType<typeof props>, props), root);
}
