import type { ReactNode } from 'react';
import type { PageInput } from '../staff/pages.ts';
import { DevelopmentScreen } from '../screens/staff/development/screen.tsx';
import { EvidenceScreen } from '../screens/staff/evidence/screen.tsx';
import { HomeScreen } from '../screens/staff/home/screen.tsx';
import { MatchScreen } from '../screens/staff/match/screen.tsx';
import { ProblemScreen } from '../screens/staff/problem/screen.tsx';
import { StatementScreen } from '../screens/staff/statement/screen.tsx';
import { TeamScreen } from '../screens/staff/team/screen.tsx';

/** The screen of a page with its data; the server knows all of them, the browser loads the one it needs. */
export function StaffPage({ input }: { input: PageInput }): ReactNode {
  switch (input.page) {
    case 'home':
      return <HomeScreen answer={input.answer} />;
    case 'statement':
      return <StatementScreen answer={input.answer} lineId={input.lineId} />;
    case 'match':
      return <MatchScreen answer={input.answer} />;
    case 'evidence':
      return <EvidenceScreen answer={input.answer} />;
    case 'development':
      return <DevelopmentScreen first={input.answer} />;
    case 'team':
      return <TeamScreen answer={input.answer} />;
    case 'problem':
      return <ProblemScreen answer={input.answer} />;
  }
}
