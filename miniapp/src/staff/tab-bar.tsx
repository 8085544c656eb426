import { staffText } from '@shigang/shared';
import type { SessionAbilities } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { Icon } from '../widgets/icon.tsx';
import { staffPages, staffTabs, type StaffPageName, type StaffTab } from './pages.ts';

const TABS = Object.keys(staffTabs) as StaffTab[];

/** The tabs of the doors that are open; `page` is the one shown. Alone, a tab leads nowhere and is not drawn. */
export function TabBar({ page, abilities }: { page: StaffPageName; abilities: SessionAbilities }): ReactNode {
  const tabs = TABS.filter((tab) => abilities[staffTabs[tab].may]);
  if (tabs.length < 2) return null;
  return (
    <nav className="tabs" aria-label={staffText['tab.label']}>
      {tabs.map((tab) => (
        <a key={tab} href={staffPages[tab].at[0]} aria-current={currentOf(tab, page)}>
          <Icon name={staffTabs[tab].icon} />
          <span>{staffText[staffTabs[tab].name]}</span>
        </a>
      ))}
    </nav>
  );
}

/** `true`: the page is one below the tab's own, such as the records of an indicator. */
function currentOf(tab: StaffTab, page: StaffPageName): 'page' | 'true' | undefined {
  if (tab === page) return 'page';
  return staffPages[page].tab === tab ? 'true' : undefined;
}
