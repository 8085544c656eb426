import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EXPECTED_CRM } from './crm-expected.ts';
import type { OraclePerson } from './oracle/facts.ts';
import { metricsOf, windowOf } from './oracle/metrics.ts';
import { scoreOf, type OracleModel } from './oracle/score.ts';
import { readCrm } from './read-crm.ts';
import type { Row } from './story/rows.ts';

const FOLDER = resolve(__dirname, '../../../examples/crm');
const text = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
const json = <T>(name: string): T => JSON.parse(text(name)) as T;

interface Org {
  departments: { id: number; name: string }[];
  employees: { userid: string; name: string; title: string; departments: number[] }[];
}

const org = json<Org>('org.json');
const offices = new Map(org.departments.map(({ id, name }) => [id, name]));
const agents = org.employees
  .filter(({ title }) => title === 'Sales agent')
  .map(({ userid, name, departments }): OraclePerson => {
    return { userid, name, department: offices.get(departments[0] ?? 0) ?? '', hiredOn: null, leftOn: null };
  });
const { segments } = json<{ segments: { mediumFromFen: number; largeFromFen: number } }>('settings.json');
const bounds = { mediumFromFen: BigInt(segments.mediumFromFen), largeFromFen: BigInt(segments.largeFromFen) };
const crm = readCrm(join(FOLDER, 'sales_pipeline.sample.csv'), json('mapping.json'), agents, bounds);
const roles = text('roles.csv')
  .trim()
  .split('\n')
  .slice(1)
  .map((line): Row => {
    const [employee = '', role = '', valid_from = ''] = line.split(',');
    return { employee, role, valid_from };
  });

test('the organisation and the roles are what the script makes of the teams', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crm-'));
  try {
    for (const name of ['make-org.mjs', 'sales_teams.csv'])
      copyFileSync(join(FOLDER, name), join(folder, name));
    execFileSync(process.execPath, [join(folder, 'make-org.mjs')]);
    for (const name of ['org.json', 'roles.csv'])
      expect(readFileSync(join(folder, name), 'utf8')).toBe(text(name));
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(agents).toHaveLength(35);
  expect(org.employees.filter(({ title }) => title === 'Sales manager')).toHaveLength(6);
  expect(org.departments.map(({ name }) => name)).toEqual(['CRM example', 'Central', 'East', 'West']);
});

test('the excerpt holds every trap of the data', () => {
  const lines = text('sales_pipeline.sample.csv')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const has = (check: (fields: readonly string[]) => boolean): boolean => lines.some(check);
  expect(has(([, , product]) => product === 'GTXPro')).toBe(true);
  expect(has(([, , , account]) => account === '')).toBe(true);
  expect(has(([, , , , stage, , , value]) => stage === 'Lost' && value === '0')).toBe(true);
  expect(
    has(([, , , , stage, engaged, closed]) => stage === 'Engaging' && engaged !== '' && closed === ''),
  ).toBe(true);
  expect(
    has(([, , , , stage, engaged, , value]) => stage === 'Prospecting' && engaged === '' && value === ''),
  ).toBe(true);
});

test('rows, statuses and warnings of the excerpt', () => {
  const count = (status: string): number => crm.facts.deals.filter((deal) => deal.status === status).length;
  expect({ rows: crm.rows, segmentMismatch: crm.segmentMismatch }).toEqual({
    rows: EXPECTED_CRM.rows,
    segmentMismatch: EXPECTED_CRM.segmentMismatch,
  });
  expect({ won: count('won'), lost: count('lost'), open: count('open') }).toEqual(EXPECTED_CRM.statuses);
});

test('tiers of 2017Q4 from the excerpt', () => {
  const model = json<OracleModel>('role-model-2016Q4.json');
  const window = windowOf(EXPECTED_CRM.period, model.lookbackQuarters ?? 4);
  const got = agents.map((person) => {
    const score = scoreOf(model, metricsOf({ ...crm.facts, roles }, person, window), null, window.to);
    return { userid: person.userid, ...score };
  });
  const byUserid = (a: { userid: string }, b: { userid: string }): number => (a.userid < b.userid ? -1 : 1);
  expect(got.sort(byUserid)).toEqual([...EXPECTED_CRM.people].sort(byUserid));
  for (const [tier, people] of Object.entries(EXPECTED_CRM.counts)) {
    expect(got.filter((each) => each.tier === tier)).toHaveLength(people);
  }
});
