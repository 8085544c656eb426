import { h, hydrate, type ComponentType } from 'preact';
import type { PageInput } from '../staff/pages.ts';
import { StatementScreen } from '../screens/staff/statement/screen.tsx';

/** Takes over the server's HTML of a statement without changing a byte of it. */
export function hydrateStatement(
  root: HTMLElement,
  { answer, lineId }: Extract<PageInput, { page: 'statement' }>,
): void {
  const props = { answer, lineId };
  hydrate(h(StatementScreen as unknown as ComponentType<typeof props>, props), root);
}
