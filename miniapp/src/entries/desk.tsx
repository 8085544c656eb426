import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { DeskError } from '../api/desk-client.ts';

const CycleScreen = lazy(async () => ({
  default: (await import('../screens/hr/cycle/screen.tsx')).CycleScreen,
}));

/** A refusal is final; a failure is tried twice more. */
const isWorthRetrying = (failures: number, error: Error): boolean =>
  failures < 2 && !(error instanceof DeskError && error.status >= 400 && error.status < 500);

const client = new QueryClient({
  defaultOptions: { queries: { staleTime: 60_000, retry: isWorthRetrying, refetchOnWindowFocus: true } },
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <QueryClientProvider client={client}>
      <Suspense fallback={<main className="desk" aria-busy="true" />}>
        <CycleScreen />
      </Suspense>
    </QueryClientProvider>,
  );
}
