import type { ReactNode } from 'react';

/** Drawn on a 24 × 24 grid, stroke only. */
const SHAPES = {
  right: 'M9 6l6 6-6 6',
  left: 'M15 5l-7 7 7 7',
  down: 'M6 9l6 6 6-6',
  up: 'M6 15l6-6 6 6',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 13l4 4L19 7',
  plus: 'M12 5v14M5 12h14',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4 4',
  star: 'M12 4l2.4 5 5.6.7-4.1 3.8 1.1 5.5L12 16.300l-5 2.700 1.100-5.500L4 9.700 9.600 9z',
  rise: 'M4 17l6-6 4 4 6-7M15 8h5v5',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.500 2',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8h.01',
  transition: 'M7 17L17 7M9 7h8v8',
  train: 'M5 5a2 2 0 0 1 2-2h12v18H7a2 2 0 0 1-2-2zM5 17a2 2 0 0 1 2-2h12M9 7h6',
  reassign: 'M4 8h15M15 4l4 4-4 4M20 16H5M9 12l-4 4 4 4',
  menu: 'M4 7h16M4 12h16M4 17h16',
  board: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  list: 'M5 4h14v16H5zM9 9h6M9 13h6M9 17h3',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20c.5-3.800 3.500-6 7.500-6s7 2.200 7.500 6',
  out: 'M14 4h5v16h-5M4 12h10M10 8l4 4-4 4',
  home: 'M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z',
  yen: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.500 7.500L12 12l3.500-4.500M12 12v5M9 12.500h6M9 15h6',
  target: 'M12 3l8.500 6.200-3.200 10H6.700l-3.200-10zM12 8l4 3-1.500 4.600h-5L8 11z',
  path: 'M6 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM18 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 18h7a3.500 3.500 0 0 0 0-7H9a3 3 0 0 1 0-6h7',
  file: 'M7 3h7l5 5v13H7zM14 3v5h5M10 13h6M10 17h6',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15zM10 21h4',
  team: 'M9 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM2 20a7 7 0 0 1 14 0M16 4a4 4 0 0 1 0 8M18 14a7 7 0 0 1 4 6',
  chat: 'M4 5h16v11H10l-4 4v-4H4z',
  insufficient_data: 'M6 12h.01M12 12h.01M18 12h.01',
} as const;
export type IconName = keyof typeof SHAPES;

/** `size`: s 16 px, x 14 px, otherwise 20 px. Icons are decoration: the word beside them says the same. */
export function Icon({ name, size }: { name: IconName; size?: 's' | 'x' }): ReactNode {
  return (
    <svg className={size ? `i ${size}` : 'i'} viewBox="0 0 24 24" aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  );
}
