import { shellText } from '@shigang/shared';
import { Component, type ReactNode } from 'react';
import { DeskNotice } from './problem.tsx';

/** A screen whose script does not come (no network, a new build) or that breaks: said, and opened anew by hand. */
export class Boundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };
  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }
  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return (
      <DeskNotice isPage title={shellText['shell.broken']} hint={shellText['shell.brokenHint']}>
        <button className="btn" onClick={() => location.reload()}>
          {shellText['shell.reload']}
        </button>
      </DeskNotice>
    );
  }
}
