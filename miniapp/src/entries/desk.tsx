import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { DeskError } from '../api/desk-client.ts';
import { currentHref } from '../desk/address.ts';
import { routeOf } from '../desk/screens.ts';
import { Desk } from '../desk/shell.tsx';
import { deskScreens } from './desk-screens.ts';

/** A refusal is final; a failure is tried twice more. */
const isWorthRetrying = (failures: number, error: Error): boolean =>
  failures < 2 && !(error instanceof DeskError && error.status >= 400 && error.status < 500);

const client = new QueryClient({
  defaultOptions: { queries: { staleTime: 60_000, retry: isWorthRetrying, refetchOnWindowFocus: true } },
});

const root = document.getElementById('root');
if (root) {
  // The screen's own script sets out at once; the desk's address opens the first screen.
  const screen = routeOf(deskScreens, currentHref())?.screen ?? deskScreens[0];
  screen?.load().catch(() => undefined);
  createRoot(root).render(
    <QueryClientProvider client={client}>
      <Desk screens={deskScreens} />
    </QueryClientProvider>,
  );
}
