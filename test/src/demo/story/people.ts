import { demoOrg } from '@shigang/simulator';
import type { Day } from './calendar.ts';

/** A salesperson of the demo company, present or gone. `leftOn` is the last working day. */
export interface SalesPerson {
  readonly userid: string;
  readonly name: string;
  readonly team: '销售一部' | '销售二部';
  readonly hiredOn: Day;
  readonly leftOn: Day | null;
}

/** The history begins here: twelve quarters up to 2026-09-30. */
export const HISTORY_FROM: Day = '2023-10-01';
/** The scoring window of 2026Q3: four quarters. */
export const WINDOW_FROM: Day = '2025-10-01';
export const WINDOW_TO: Day = '2026-09-30';
/** Nothing in the workbook is later than the day before the demo's business date. */
export const RECORDED_UNTIL: Day = '2026-10-10';

/** Everybody of the two sales teams, in the order of the organisation; leavers last. */
export function salesPeople(): SalesPerson[] {
  const org = demoOrg();
  const teamOf = new Map(org.departments.map((department) => [department.id, department.name]));
  return org.employees.flatMap((employee) => {
    const team = teamOf.get(employee.departments[0] ?? 0);
    if (team !== '销售一部' && team !== '销售二部') return [];
    if (employee.title !== '客户经理') return [];
    const { userid, name, hiredOn, leftOn } = employee;
    if (!hiredOn) throw new Error(`${userid} has no hire date`);
    return [{ userid, name, team, hiredOn, leftOn: leftOn ?? null }];
  });
}

/** Colleagues with whom a deal may be shared: here all along, and none of those whose statement is told in a story. */
export const SHARING = [
  'zhaomin',
  'fengtao',
  'sunhao',
  'zhouting',
  'zhengjie',
  'chenchen',
  'hanlei',
] as const;
