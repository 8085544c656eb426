import { shellText } from '@shigang/shared';
import type { ReactNode } from 'react';
import { Icon } from '../widgets/icon.tsx';
import { closePanel } from './address.ts';

/** Title of a panel, and its way out where it covers the page. */
export function PanelHead({
  id,
  title,
  note,
}: {
  id: string;
  title: string;
  note: string | null;
}): ReactNode {
  return (
    <div className="pop-head">
      <div>
        <h2 id={id}>{title}</h2>
        {note === null ? null : <p>{note}</p>}
      </div>
      <button className="icon" aria-label={shellText['shell.close']} onClick={closePanel}>
        <Icon name="close" size="s" />
      </button>
    </div>
  );
}
