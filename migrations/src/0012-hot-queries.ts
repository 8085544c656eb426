import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from './statements.ts';

const STATEMENTS = [
  // A person's own quarters, at every opening of the home page.
  'CREATE INDEX statements_person ON statements (user_id, period)',
  'CREATE INDEX profiles_person ON profiles (user_id, role, period)',
  // Closed quarters, at every writing of facts.
  'CREATE INDEX statements_status ON statements (status, period)',
  // Whether an event of an approval is ours.
  'CREATE INDEX approvals_form ON approvals (process_code)',
];

/** What was read by scanning a table that grows with the people. */
export class HotQueries1760000000012 implements MigrationInterface {
  name = 'HotQueries1760000000012';

  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, STATEMENTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only'));
  }
}
