import { fill, shellText } from '@shigang/shared';
import type { SessionAnswer } from '@shigang/shared/answers';
import { useState, type ReactNode } from 'react';
import { deskClient } from '../api/desk-client.ts';
import { Icon } from '../widgets/icon.tsx';
import { PanelHead } from './panel-head.tsx';
import { usePanel } from './use-panel.ts';

/** Who is looking, their own pages, and the way out. */
export function AccountMenu({ viewer, onOut }: { viewer: SessionAnswer; onOut: () => void }): ReactNode {
  const { isOpen, button, panel } = usePanel('me');
  const { name, departmentName, abilities } = viewer;
  return (
    <div className="pop-place">
      <button className="account" aria-label={fill(shellText['account.label'], { name })} {...button}>
        <i aria-hidden="true">{name.slice(0, 1)}</i>
        <span className="who">{name}</span>
        <Icon name="down" size="x" />
      </button>
      {isOpen ? (
        <div className="pop me" role="dialog" aria-labelledby="me-title" {...panel}>
          <PanelHead id="me-title" title={name} note={departmentName} />
          <ul>
            {abilities.seesOwnFigures ? (
              <li>
                <a href="/">
                  <Icon name="user" size="s" />
                  <span>{shellText['account.own']}</span>
                </a>
              </li>
            ) : null}
            {abilities.managesTeam ? (
              <li>
                <a href="/team">
                  <Icon name="team" size="s" />
                  <span>{shellText['account.team']}</span>
                </a>
              </li>
            ) : null}
            <li>
              <SignOut onOut={onOut} />
            </li>
          </ul>
        </div>
      ) : null}
    </div>
  );
}

function SignOut({ onOut }: { onOut: () => void }): ReactNode {
  const [hasFailed, setFailed] = useState(false);
  const leave = (): void => {
    deskClient.signOut().then(onOut, () => setFailed(true));
  };
  return (
    <>
      <button onClick={leave}>
        <Icon name="out" size="s" />
        <span>{shellText['account.out']}</span>
      </button>
      <p role="status">{shellText[hasFailed ? 'account.outFailed' : 'account.outHint']}</p>
    </>
  );
}
