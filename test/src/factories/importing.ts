import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { operatorViewer, type Database, type ImportReport } from '@shigang/server';
import { createIntake, type Intake } from '../../../server/src/modules/intake/index.ts';
import { afterSuite } from '../harness/servers.ts';
import { testApp } from '../harness/test-app.ts';
import { createTestDatabase } from '../harness/databases/test-database.ts';
import { VirtualClock } from '../harness/virtual-clock.ts';
import { buildEmployee } from './rows.ts';

/** userid, name, job number, first and last day. */
export type ImportedPerson = readonly [
  userId: string,
  name: string,
  jobNumber: string | null,
  hiredOn: string,
  leftOn: string | null,
];
type Value = string | number | boolean | Date | null | object;

/** Everything that an import writes. */
const WRITTEN = [
  'deals',
  'deal_credits',
  'renewals',
  'renewal_credits',
  'receipts',
  'feedback',
  'collaborations',
].concat(
  ['trainings', 'assessments', 'attendance_days', 'role_assignments', 'import_batches', 'import_warnings'],
  ['fact_revisions', 'dirty_marks', 'audit_log', 'import_rows', 'import_runs'],
);
const TWO_PEOPLE: readonly ImportedPerson[] = [
  ['zhangsan', '张三', 'S001', '2023-04-01', null],
  ['lisi', '李四', 'S002', '2022-03-07', null],
];

/** A database with a few people, and files to import into it on 2026-10-12. */
export class Importing {
  readonly db: Database;
  readonly folder = mkdtempSync(join(tmpdir(), 'shigang-import-'));
  readonly clock = new VirtualClock('2026-10-12T09:30:00+08:00');
  readonly operator = operatorViewer('tester');
  #files = 0;

  private constructor(db: Database) {
    this.db = db;
    afterSuite(async () => rmSync(this.folder, { recursive: true }));
  }

  static async open(people: readonly ImportedPerson[] = TWO_PEOPLE): Promise<Importing> {
    const db = await createTestDatabase();
    for (const [userId, name, jobNumber, hiredOn, leftOn] of people)
      await buildEmployee(db, { userId, name, jobNumber, hiredOn, leftOn, active: true });
    return new Importing(db);
  }

  /** @param lookUpMobile what DingTalk answers to a mobile number; without it nothing can be asked */
  async intake(lookUpMobile?: (mobile: string) => Promise<string | null>): Promise<Intake> {
    const { db, clock } = this;
    const { audit, modules } = await testApp({ db, clock });
    const deps = { db, clock, audit, settings: modules.settings, facts: modules.facts };
    return createIntake(lookUpMobile ? { ...deps, lookUpMobile } : deps);
  }

  async load(kind: string, path: string, options: object = {}): Promise<ImportReport> {
    return (await this.intake()).importFile(this.operator, { kind, path, ...options });
  }

  pathOf(ending: string): string {
    this.#files += 1;
    return join(this.folder, `file-${this.#files}.${ending}`);
  }

  saved(content: string | Buffer, ending = 'csv'): string {
    const path = this.pathOf(ending);
    writeFileSync(path, content);
    return path;
  }

  async workbookOf(sheets: Readonly<Record<string, readonly (readonly Value[])[]>>): Promise<string> {
    const workbook = new ExcelJS.Workbook();
    for (const [name, rows] of Object.entries(sheets)) {
      const sheet = workbook.addWorksheet(name);
      for (const row of rows) sheet.addRow([...row]);
    }
    const path = this.pathOf('xlsx');
    await workbook.xlsx.writeFile(path);
    return path;
  }

  async count(table: string): Promise<number> {
    const [row] = await this.db.select<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`);
    return row?.n ?? -1;
  }

  /** `userid 2026Q3` of every mark of the purpose. */
  async marks(purpose: string): Promise<string[]> {
    const rows = await this.db.select<{ mark: string }>(
      `SELECT CONCAT(user_id, ' ', quarter DIV 4, 'Q', quarter MOD 4 + 1) AS mark FROM dirty_marks
       WHERE purpose = ? ORDER BY 1`,
      [purpose],
    );
    return rows.map((row) => row.mark);
  }

  /** As before the first import; the people stay. */
  async clear(): Promise<void> {
    for (const table of WRITTEN) await this.db.execute(`DELETE FROM ${table}`);
    await this.db.execute("UPDATE audit_head SET seq = 0, hash = REPEAT('0', 64)");
  }
}
