import { screen, type DeskScreen } from '../desk/screens.ts';

/** All screens of the desk, in the order of the navigation. A new one is a folder under screens/hr/ and a row here. */
export const deskScreens: readonly DeskScreen[] = [
  screen('/desk/cycles/{cycleId}', {
    may: 'opensDesk',
    entry: { group: 'review', name: 'screen.cycle', icon: 'board' },
    load: async () => (await import('../screens/hr/cycle/screen.tsx')).CycleScreen,
  }),
  screen('/desk/cycles/{cycleId}/publish', {
    may: 'opensDesk',
    load: async () => (await import('../screens/hr/cycle/publish/screen.tsx')).PublishScreen,
  }),
  screen('/desk/cycles/{cycleId}/people/{userId}/file', {
    may: 'opensDesk',
    isBare: true,
    load: async () => (await import('../screens/hr/cycle/file/screen.tsx')).FileScreen,
  }),
  screen('/desk/jobs', {
    may: 'opensDesk',
    entry: { group: 'data', name: 'screen.jobs', icon: 'list' },
    load: async () => (await import('../screens/hr/jobs/screen.tsx')).JobsScreen,
  }),
];
