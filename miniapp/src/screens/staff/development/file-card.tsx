import { developmentText } from '@shigang/shared';
import type { FileEntry } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../../widgets/icon.tsx';
import { momentName } from '../../../widgets/moment.ts';

const ICONS: Readonly<Partial<Record<FileEntry['kind'], IconName>>> = {
  notice: 'bell',
  delivery: 'bell',
  reply: 'chat',
  reply_overdue: 'clock',
  approval: 'check',
  training: 'train',
  settled: 'check',
  effective: 'check',
};

interface FileCardProps {
  file: readonly FileEntry[];
  nowAt: string;
}

/** Everything that is kept about this person's case, in order of time. */
export function FileCard({ file, nowAt }: FileCardProps): ReactNode {
  return (
    <section className="card" aria-labelledby="file">
      <div className="head">
        <h2 id="file" className="small-title">
          {developmentText['file.title']}
        </h2>
        <small>{developmentText[file.length === 0 ? 'file.empty' : 'file.hint']}</small>
      </div>
      <ol className="entries n">
        {file.map((entry) => (
          <li key={entry.kind + entry.at + entry.title}>
            <Icon name={ICONS[entry.kind] ?? 'file'} />
            <div>
              <h3>{entry.title}</h3>
              {entry.detail === null ? null : <p>{entry.detail}</p>}
              {entry.by === null ? null : <p>{entry.by}</p>}
            </div>
            <time>{momentName(entry.at, nowAt)}</time>
          </li>
        ))}
      </ol>
    </section>
  );
}
