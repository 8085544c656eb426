// Makes the organisation and the role histories of the CRM example from its list of teams:
//   node examples/crm/make-org.mjs
// reads sales_teams.csv beside it and writes org.json and roles.csv there. No date of the data says when somebody was
// hired, so none is made up: an unknown hire date means "always".
import { readFileSync, writeFileSync } from 'node:fs';

/** The first opportunity of the data was opened on 2016-10-20; roles begin with that quarter. */
const ROLE_FROM = '2016-10-01';
const OFFICES = ['Central', 'East', 'West'];

const file = (name) => new URL(name, import.meta.url);
const [header, ...lines] = readFileSync(file('sales_teams.csv'), 'utf8').trim().split(/\r?\n/);
if (header !== 'sales_agent,manager,regional_office') throw new Error(`other columns: ${header}`);
const teams = lines.map((line) => {
  const [agent, manager, office] = line.split(',');
  return { agent, manager, office };
});

const userid = (name) => name.toLowerCase().replaceAll(' ', '.');
const departmentOf = (office) => OFFICES.indexOf(office) + 2;
const numbered = (prefix, index) => `${prefix}${String(index + 1).padStart(3, '0')}`;
const managers = [...new Map(teams.map(({ manager, office }) => [manager, office]))];

const people = [
  ...teams.map(({ agent, manager, office }, index) => ({
    userid: userid(agent),
    name: agent,
    jobNumber: numbered('A', index),
    title: 'Sales agent',
    departments: [departmentOf(office)],
    manager: userid(manager),
  })),
  ...managers.map(([manager, office], index) => ({
    userid: userid(manager),
    name: manager,
    jobNumber: numbered('M', index),
    title: 'Sales manager',
    departments: [departmentOf(office)],
    manager: null,
  })),
  // Not in the data: somebody has to run a cycle.
  { userid: 'crm.hr', name: 'CRM HR', jobNumber: 'H001', title: 'HR', departments: [1] },
  { userid: 'crm.hradmin', name: 'CRM HR admin', jobNumber: 'H002', title: 'HR', departments: [1] },
];

const org = {
  corp: { corpId: 'dingcrm', name: 'CRM example', edition: 'standard' },
  departments: [
    { id: 1, name: 'CRM example', parent: null },
    ...OFFICES.map((name) => ({
      id: departmentOf(name),
      name,
      parent: 1,
      managers: managers.filter(([, office]) => office === name).map(([manager]) => userid(manager)),
    })),
  ],
  employees: people,
  adminRoles: { hr: ['crm.hr'], hrAdmin: ['crm.hradmin'], auditor: [] },
};

/** Lists of plain values on one line, as the repository's formatter writes them. */
const json = JSON.stringify(org, null, 2).replace(
  /\[\n\s+([^[\]{}]*?)\n\s+\]/g,
  (_, inner) => `[${inner.split(/,\n\s+/).join(', ')}]`,
);
writeFileSync(file('org.json'), `${json}\n`);
writeFileSync(
  file('roles.csv'),
  [
    'employee,role,valid_from',
    ...teams.map(({ agent }) => `${userid(agent)},small_account,${ROLE_FROM}`),
  ].join('\n') + '\n',
);
