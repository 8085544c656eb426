import type { ReactNode } from 'react';

/** The home's shape while it loads: the heights are those of a filled page. */
export function HomeSkeleton(): ReactNode {
  return (
    <main className="page" aria-busy="true">
      <div className="greet">
        <div>
          <span className="sk w40 h24" />
          <span className="sk w30 h12" />
        </div>
        <span className="sk pill" />
      </div>
      <div className="card sk-earnings">
        <span className="sk w40 h20" />
        <span className="sk w60 h40" />
        <span className="sk w80 h20" />
        <span className="sk h14" />
        <span className="sk w30 h14" />
        <span className="sk h40" />
      </div>
      <div className="card sk-match">
        <span className="sk h96" />
        <span className="sk h40" />
        <span className="sk h40" />
        <span className="sk h40" />
      </div>
    </main>
  );
}
