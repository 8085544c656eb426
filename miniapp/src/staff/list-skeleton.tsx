import type { ReactNode } from 'react';

/** The shape of a page that is a summary card above cards of rows. */
export function ListSkeleton(): ReactNode {
  return (
    <main className="page" aria-busy="true">
      <div className="card sk-summary">
        <span className="sk w60 h24" />
        <span className="sk w40 h40" />
        <span className="sk h24" />
      </div>
      <div className="card sk-rows">
        <span className="sk w40 h20" />
        <span className="sk h40" />
        <span className="sk h40" />
      </div>
      <div className="card sk-rows">
        <span className="sk w40 h20" />
        <span className="sk h40" />
        <span className="sk h40" />
      </div>
    </main>
  );
}
