import { shellText } from '@shigang/shared';
import type { CycleSummary, SessionAnswer } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { Icon } from '../widgets/icon.tsx';
import { DESK_GROUPS, hrefOf, type DeskScreen, type Route } from './screens.ts';
import type { PanelState } from './use-panel.ts';

interface NavigationProps {
  screens: readonly DeskScreen[];
  route: Route | null;
  /** Quarter and role go along. */
  cycle: CycleSummary | null;
  viewer: SessionAnswer | undefined;
  menu: PanelState;
}

/** The screens that the viewer may open, by group; a group without any is not drawn. Folded it is a drawer. */
export function Navigation({ screens, route, cycle, viewer, menu }: NavigationProps): ReactNode {
  const groups = DESK_GROUPS.map((group) => ({
    group,
    entries: screens.filter(({ entry, may }) => entry?.group === group && viewer?.abilities[may] === true),
  })).filter(({ entries }) => entries.length > 0);
  return (
    <nav className={menu.isOpen ? 'side open' : 'side'} id="nav" aria-label={shellText['shell.label']}>
      <div {...menu.panel}>
        {groups.map(({ group, entries }) => (
          <section key={group}>
            <h2 id={`group-${group}`}>{shellText[`group.${group}`]}</h2>
            <ul aria-labelledby={`group-${group}`}>
              {entries.map((one) => (
                <li key={one.at}>
                  <a href={hrefOf(one, cycle)} aria-current={currentOf(one, route)}>
                    {one.entry === null ? null : <Icon name={one.entry.icon} />}
                    <span>{one.entry === null ? '' : shellText[one.entry.name]}</span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  );
}

/** `true`: a screen below it is open, such as the preview of a cycle. */
function currentOf({ at }: DeskScreen, route: Route | null): 'page' | 'true' | undefined {
  if (route === null) return undefined;
  if (route.screen.at === at) return 'page';
  return route.screen.at.startsWith(`${at}/`) ? 'true' : undefined;
}
