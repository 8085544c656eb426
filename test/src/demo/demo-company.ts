import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { demoOrg } from '@shigang/simulator';
import { factsOfWorkbook, type OracleFacts, type OraclePerson } from './oracle/facts.ts';
import { readWorkbook } from './read-workbook.ts';
import type { Rows } from './story/rows.ts';

const SALES_TITLE = '客户经理';

/** The demo company as its committed files tell it. */
export interface DemoCompany {
  /** The rows of the workbook's sheets. */
  readonly rows: Rows;
  /** The same for the oracle, employees by userid. */
  readonly facts: OracleFacts;
  /** Salespeople, present and gone. */
  readonly sales: readonly OraclePerson[];
  /** Everybody, present and gone. */
  readonly everybody: readonly OraclePerson[];
  /** One of the salespeople. @throws Error when there is none of that userid */
  readonly person: (userid: string) => OraclePerson;
}

/** A file of `examples/demo`, parsed. `root` is the folder of the clone. */
export const demoJson = <T>(root: string, name: string): T =>
  JSON.parse(readFileSync(resolve(root, 'examples/demo', name), 'utf8')) as T;

/** Reads `examples/demo/history.xlsx` and the simulator's demo organisation. `root` is the folder of the clone. */
export async function loadDemoCompany(root: string): Promise<DemoCompany> {
  const org = demoOrg();
  const names = new Map(org.departments.map(({ id, name }) => [id, name]));
  const known = org.employees.map((employee) => ({
    isSales: employee.title === SALES_TITLE,
    userid: employee.userid,
    name: employee.name,
    department: names.get(employee.departments[0] ?? 0) ?? '',
    hiredOn: employee.hiredOn ?? null,
    leftOn: employee.leftOn ?? null,
  }));
  const sales = known.filter(({ isSales }) => isSales);
  const rows = await readWorkbook(resolve(root, 'examples/demo/history.xlsx'));
  return {
    rows,
    sales,
    everybody: known,
    facts: factsOfWorkbook(rows, sales),
    person: (userid) => {
      const found = sales.find((person) => person.userid === userid);
      if (!found) throw new Error(`nobody has the userid ${userid}`);
      return found;
    },
  };
}
