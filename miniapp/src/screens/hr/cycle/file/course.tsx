import { paperText } from '@shigang/shared';
import type { FileEntry } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { momentName } from '../../../../widgets/moment.ts';

/** Everything that happened, in order of time; an entry is never changed, what comes later is a later entry. */
export function Course({ entries }: { entries: readonly FileEntry[] }): ReactNode {
  return (
    <section aria-labelledby="course">
      <div className="paper-title">
        <h2 id="course">{paperText['paper.course']}</h2>
        <p>{paperText['paper.courseHint']}</p>
      </div>
      {entries.length === 0 ? <p>{paperText['paper.empty']}</p> : null}
      <ol className="course n">
        {entries.map((entry, at) => (
          <li key={entry.kind + entry.at + entry.title}>
            {/* On paper "today" means nothing: every day is written out. */}
            <time>{momentName(entry.at, '')}</time>
            <i aria-hidden="true">{at + 1}</i>
            <div>
              <h3>
                <span>{entry.title}</span>
                {entry.by === null ? null : <small>{entry.by}</small>}
              </h3>
              {entry.detail === null ? null : <p>{entry.detail}</p>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
