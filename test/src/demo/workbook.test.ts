import { resolve } from 'node:path';
import { demoJson, loadDemoCompany, type DemoCompany } from './demo-company.ts';
import * as expected from './expected.ts';
import { format } from './oracle/fraction.ts';
import { metricsOf, teamAverage, windowOf, type Metrics } from './oracle/metrics.ts';
import { scoreOf, type OracleModel } from './oracle/score.ts';
import { demoRows } from './story/index.ts';
import { KINDS, type Row, type Rows } from './story/rows.ts';

const ROOT = resolve(__dirname, '../../..');
const WINDOW = windowOf(expected.EXPECTED_PERIOD, 4);
const modelOf = (name: string): OracleModel => demoJson<OracleModel>(ROOT, name);

let company: DemoCompany;
const measured = new Map<string, Metrics>();

beforeAll(async () => {
  company = await loadDemoCompany(ROOT);
  for (const { userid } of expected.EXPECTED_PEOPLE) {
    measured.set(userid, metricsOf(company.facts, company.person(userid), WINDOW));
  }
}, 60_000);

describe('the file', () => {
  test('holds exactly the rows of the script', () => {
    const filled = (row: Row): Row =>
      Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
    const made = demoRows();
    for (const kind of KINDS) expect(company.rows[kind].map(filled)).toEqual(made[kind].map(filled));
  });

  test('tells twelve quarters', () => {
    const quarters = new Set(
      company.facts.deals
        .filter((deal) => deal.closedOn !== '')
        .map((deal) => `${deal.closedOn.slice(0, 4)}Q${Math.ceil(Number(deal.closedOn.slice(5, 7)) / 3)}`),
    );
    expect([...quarters].sort()).toEqual([
      '2023Q4', '2024Q1', '2024Q2', '2024Q3', '2024Q4', '2025Q1', '2025Q2', '2025Q3', '2025Q4', '2026Q1', '2026Q2', '2026Q3',
    ]); // prettier-ignore
  });

  test('has no row outside the time in which its person was employed', () => {
    const days: readonly (readonly [keyof Rows, string])[] = [
      ['roles', 'valid_from'],
      ['deals', 'closed_on'],
      ['renewals', 'due_on'],
      ['feedback', 'given_on'],
      ['collaborations', 'requested_at'],
      ['trainings', 'finished_on'],
      ['assessments', 'taken_on'],
    ];
    const byName = new Map(company.sales.map((person) => [person.name, person]));
    for (const [kind, column] of days) {
      const outside = company.rows[kind].filter((row) => {
        const day = (row[column] ?? '').slice(0, 10);
        const person = byName.get(row.employee ?? '');
        return day !== '' && (day < (person?.hiredOn ?? '9') || day > (person?.leftOn ?? '9'));
      });
      expect(outside).toEqual([]);
    }
  });

  test('keeps keys unique, times in order, credits whole, stated segments true to the amounts', () => {
    const keys = (kind: keyof Rows, column: string): string[] =>
      company.rows[kind].map((row) => row[column] ?? '');
    for (const [kind, column] of [
      ['deals', 'deal_id'],
      ['renewals', 'renewal_id'],
      ['feedback', 'feedback_id'],
      ['collaborations', 'collaboration_id'],
    ] as const) {
      expect(new Set(keys(kind, column)).size).toBe(company.rows[kind].length);
    }
    for (const row of company.rows.collaborations) {
      expect((row.requested_at ?? '') <= (row.responded_at ?? '')).toBe(true);
      if (row.resolved_at) expect((row.responded_at ?? '') <= row.resolved_at).toBe(true);
    }
    for (const deal of company.facts.deals) {
      expect([...deal.credits.values()].reduce((sum, share) => sum + share, 0n)).toBe(10_000n);
      if (deal.closedOn !== '') expect(deal.openedOn <= deal.closedOn).toBe(true);
      const amount = deal.amountFen;
      if (amount !== null)
        expect(deal.segment).toBe(amount < 500_000n ? 'small' : amount < 1_000_000n ? 'medium' : 'large');
    }
  });
});

describe('metrics, scores and tiers of 2026Q3 from the rows alone', () => {
  test.each(expected.EXPECTED_PEOPLE.map((person) => [person.name, person] as const))('%s', (_, person) => {
    const metrics = measured.get(person.userid) ?? new Map();
    const hired = company.person(person.userid);
    expect({ hiredOn: hired.hiredOn, team: hired.department }).toEqual({
      hiredOn: person.hiredOn,
      team: person.team,
    });
    for (const [metric, want] of Object.entries(person.metrics)) {
      const got = metrics.get(metric);
      expect([metric, got ? format(got.value, 4) : null]).toEqual([metric, want?.value ?? null]);
      if (want && want.n !== null) expect([metric, got?.n]).toEqual([metric, want.n]);
    }
    const now = scoreOf(modelOf('large-account-2025Q4.json'), metrics, hired.hiredOn, WINDOW.to);
    expect(now).toEqual({ score: person.score, coverage: person.coverage, tier: person.tier });
    const next = scoreOf(modelOf('large-account-2026Q4.json'), metrics, hired.hiredOn, WINDOW.to);
    expect({ score: next.score, tier: next.tier }).toEqual(person.next);
  });

  test('five, eight and seven; four, seven and nine with the weights of 2026Q4', () => {
    const counts = (file: string): Record<string, number> => {
      const count: Record<string, number> = {};
      for (const [userid, metrics] of measured) {
        const { tier } = scoreOf(modelOf(file), metrics, company.person(userid).hiredOn, WINDOW.to);
        count[tier] = (count[tier] ?? 0) + 1;
      }
      return count;
    };
    expect(counts('large-account-2025Q4.json')).toEqual(expected.EXPECTED_COUNTS);
    expect(counts('large-account-2026Q4.json')).toEqual(expected.EXPECTED_NEXT_COUNTS);
  });

  test.each(expected.EXPECTED_TEAM_AVERAGES)(
    'team average of $team',
    ({ team, people: size, metric, value }) => {
      const members = expected.EXPECTED_PEOPLE.filter((person) => person.team === team);
      expect(members).toHaveLength(size);
      expect(
        format(
          teamAverage(
            members.map(({ userid }) => measured.get(userid) ?? new Map()),
            metric,
          ),
          4,
        ),
      ).toBe(value);
    },
  );

  test('the previous quarter, scored for everyone who was there', () => {
    const window = windowOf(expected.EXPECTED_PREVIOUS.period, 4);
    const model = modelOf('large-account-2025Q4.json');
    const scores = company.sales
      .filter(
        ({ hiredOn, leftOn }) => (hiredOn ?? '') <= window.to && (leftOn === null || leftOn > window.to),
      )
      .map((person) => {
        const { score, coverage } = scoreOf(
          model,
          metricsOf(company.facts, person, window),
          person.hiredOn,
          window.to,
        );
        return [person.userid, [score, coverage]] as const;
      });
    expect(Object.fromEntries(scores)).toEqual(expected.EXPECTED_PREVIOUS.scores);
  });
});
