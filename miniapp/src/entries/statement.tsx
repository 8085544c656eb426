import { h, hydrate, type ComponentType } from 'preact';
import type { PageInput } from '../api/pages.ts';
import { StatementScreen } from '../screens/staff/statement/screen.tsx';

/** Takes over the server's HTML of a statement without changing a byte of it. */
export function hydrateStatement(root: HTMLElement, json: string): void {
  const input = JSON.parse(json) as PageInput;
  if (input.page !== 'statement') return;
  const props = { answer: input.answer, lineId: input.lineId };
  hydrate(h(StatementScreen as unknown as ComponentType<typeof props>, props), root);
}
