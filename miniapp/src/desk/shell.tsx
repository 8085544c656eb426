import { deskText, shellText } from '@shigang/shared';
import type { CycleSummary } from '@shigang/shared/answers';
import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { currentHref, go, useHref } from './address.ts';
import { Boundary } from './boundary.tsx';
import { followLinks } from './follow-links.ts';
import { Navigation } from './navigation.tsx';
import { DeskNotice, DeskProblem } from './problem.tsx';
import { hrefOf, routeOf, type DeskScreen, type Route } from './screens.ts';
import { TopBar } from './top-bar.tsx';
import { cycleOf, useCycles } from './use-cycle.ts';
import { usePanel } from './use-panel.ts';
import { useSession } from './use-session.ts';

/** HR's desk: navigation and top bar around the screen of the address. */
export function Desk({ screens }: { screens: readonly DeskScreen[] }): ReactNode {
  const href = useHref();
  const route = routeOf(screens, href);
  const cycles = useCycles();
  const viewer = useSession().data;
  const menu = usePanel('nav');
  const [isOut, setOut] = useState(false);
  const client = useQueryClient();
  const known = cycles.data?.cycles ?? [];
  const cycle = cycleOf(known, route, href);
  if (isOut) {
    return (
      <main className="alone">
        <DeskNotice isPage title={shellText['account.isOut']} hint={shellText['account.outHint']} />
      </main>
    );
  }
  const stage = (
    <Boundary key={route?.screen.at ?? href}>
      <Stage screens={screens} route={route} />
    </Boundary>
  );
  if (route?.screen.isBare) return stage;
  const leave = (): void => {
    client.clear();
    setOut(true);
  };
  return (
    <div className="desk" onClick={followLinks}>
      <TopBar
        cycles={known}
        cycle={cycle}
        viewer={viewer}
        menu={menu}
        onChoose={(chosen) => choose(route, chosen)}
        onOut={leave}
      />
      <Navigation screens={screens} route={route} cycle={cycle} viewer={viewer} menu={menu} />
      <main tabIndex={-1}>{stage}</main>
    </div>
  );
}

/** The same screen for another quarter or role; who was open belongs to the one before. */
function choose(route: Route | null, cycle: CycleSummary): void {
  if (route === null) return;
  const query = new URLSearchParams(currentHref().split('?')[1] ?? '');
  for (const name of ['person', 'metric', 'period', 'role']) query.delete(name);
  const [path = '', scope = ''] = hrefOf(route.screen, cycle, route.keys).split('?');
  const search = [scope, query.toString()].filter((part) => part !== '').join('&');
  go(search === '' ? path : `${path}?${search}`, true);
}

/** The screen itself, or why there is none. */
function Stage({ screens, route }: { screens: readonly DeskScreen[]; route: Route | null }): ReactNode {
  const session = useSession();
  const href = useHref();
  if (/^\/desk(\/cycles)?\/?$/.test(href.split('?')[0] ?? '')) return <Arrival screens={screens} />;
  if (route === null) return <Nowhere />;
  const { screen, keys } = route;
  // Unknown as yet: the screen starts, the server decides at every read.
  if (session.data && !session.data.abilities[screen.may]) {
    return <DeskNotice isPage title={deskText['desk.denied']} hint={deskText['desk.deniedHint']} />;
  }
  return (
    <Suspense fallback={<span className="sk stage-sk" />}>
      <screen.Screen {...keys} />
    </Suspense>
  );
}

/** The desk's own address opens its first screen for the quarter and role asked for, else for the newest. */
function Arrival({ screens }: { screens: readonly DeskScreen[] }): ReactNode {
  const { data, error, refetch } = useCycles();
  const href = useHref();
  const cycle = data ? cycleOf(data.cycles, null, href) : null;
  const first = screens.find(({ entry }) => entry !== null);
  useEffect(() => {
    if (cycle !== null && first) go(hrefOf(first, cycle), false);
  }, [cycle, first]);
  if (error) return <DeskProblem error={error} onRetry={() => void refetch()} />;
  if (data && cycle === null) {
    return <DeskNotice isPage title={deskText['desk.empty']} hint={deskText['desk.emptyHint']} />;
  }
  return <span className="sk stage-sk" />;
}

function Nowhere(): ReactNode {
  return (
    <DeskNotice isPage title={shellText['shell.nowhere']} hint={shellText['shell.nowhereHint']}>
      <a className="btn" href="/desk">
        {shellText['shell.home']}
      </a>
    </DeskNotice>
  );
}
