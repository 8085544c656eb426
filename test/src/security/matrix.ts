import { ROLES, type Role } from './roles.ts';

/** What each role is answered; a role that is not named is answered as `rest`. */
export type Row = Readonly<Partial<Record<Role, number>>> & { readonly rest: number };

export const rowOf = (row: Row): Record<Role, number> =>
  Object.fromEntries(ROLES.map((role) => [role, row[role] ?? row.rest])) as Record<Role, number>;

/** A sign-in that nobody gets in by. */
export const MADE_UP_CODE = { corpId: 'dingdemo', authCode: 'made-up' };

export const CYCLE_ID = '2026Q3-large_account';

/** Neither signed in, nor any more. */
const strangers = (status: number) => ({ anonymous: status, leaver: status, expired: status });
/** HR alone; everybody else who is signed in lacks the ability. */
const forHr = (outOfScope: number): Row => ({
  ...strangers(401),
  hrInScope: 200,
  hrAdmin: 200,
  hrOutOfScope: outOfScope,
  rest: 403,
});
/** Own figures that only salespeople have. */
const ownFigures: Row = { ...strangers(401), employee: 200, other: 200, rest: 404 };
/** A write that HR in scope may make, refused here for what it asks; out of scope there is nobody to ask about. */
const forHrRefused = (status: number): Row => ({ ...forHr(404), hrInScope: status, hrAdmin: status });
/** The HR admin has reports of her own, none of them in the cycle. */
const forManager: Row = { ...strangers(401), manager: 200, hrAdmin: 200, rest: 403 };
const open: Row = { rest: 200 };
/** Staff pages: a stranger gets the sign-in with no data in it; who has no figures of his own gets none. */
const ownPage: Row = { ...strangers(200), employee: 200, other: 200, rest: 404 };

/**
 * Endpoint → who is answered what. API rows are named as their contracts are; the test fails when a contract has no row,
 * or a row no contract. Values for path parameters and queries stand in `ADDRESSES`.
 */
export const API_MATRIX: Readonly<Record<string, Row>> = {
  // The code is made up: nobody gets in by it, whoever asks.
  'POST /session': { rest: 401 },
  'GET /session': { ...strangers(401), rest: 200 },
  'DELETE /session': { ...strangers(401), rest: 204 },
  'GET /me/home': { ...strangers(401), rest: 200 },
  'GET /me/statement': ownFigures,
  'GET /me/match': { ...strangers(401), rest: 200 },
  'GET /me/evidence': ownFigures,
  'GET /cycles': forHr(200),
  'GET /cycles/{cycleId}': forHr(404),
  'GET /cycles/{cycleId}/people': forHr(404),
  'GET /cycles/{cycleId}/people/{userId}': forHr(404),
  'GET /cycles/{cycleId}/people/{userId}/evidence': forHr(404),
  'GET /cycles/{cycleId}/people/{userId}/file': forHr(404),
  'GET /cycles/{cycleId}/preview': forHr(404),
  'GET /job-runs': forHr(200),
  // Of nobody: another's and an absent one look alike.
  'GET /job-runs/{runId}': forHrRefused(404),
  'POST /job-runs/{runId}/cancel': forHrRefused(404),
  'POST /profiles/rebuild': { ...strangers(401), hrAdmin: 200, rest: 403 },
  'GET /me/development': { ...strangers(401), rest: 200 },
  'GET /team': forManager,
  // An answer to an offer that is nobody's.
  'POST /me/replies': { ...strangers(401), rest: 404 },
  // Without a reason; of nobody; while people are undecided; about decisions and notices that do not exist.
  'POST /cycles/{cycleId}/decisions': forHrRefused(422),
  'POST /cycles/{cycleId}/confirmations': forHr(404),
  'POST /cycles/{cycleId}/publication': forHrRefused(409),
  'POST /cycles/{cycleId}/people/{userId}/resolutions': forHrRefused(404),
  'POST /cycles/{cycleId}/people/{userId}/notices': forHrRefused(404),
};

const NOTHING = '00000000-0000-4000-8000-000000000000';
/** Bodies of writes that pass the contract and change nothing. */
export const BODIES: Readonly<Record<string, object>> = {
  'POST /me/replies': { decisionId: NOTHING, answer: 'agree', consentHash: '0'.repeat(64) },
  'POST /profiles/rebuild': { period: '2026Q3', role: 'large_account' },
  'POST /job-runs/{runId}/cancel': {},
  'POST /cycles/{cycleId}/decisions': { userId: 'wangwu', tier: 'reassign', replaces: null },
  'POST /cycles/{cycleId}/confirmations': { userIds: [] },
  'POST /cycles/{cycleId}/publication': {},
  'POST /cycles/{cycleId}/people/{userId}/resolutions': { decisionId: NOTHING, action: 'keep' },
  'POST /cycles/{cycleId}/people/{userId}/notices': { noticeId: NOTHING },
};

/** Pages, operations and everything else that the server answers outside /api/v1. */
export const OTHER_MATRIX: Readonly<Record<string, Row>> = {
  'GET /': { hrInScope: 302, hrOutOfScope: 302, hrAdmin: 302, manager: 302, rest: 200 },
  'GET /development': open,
  'GET /team': { ...strangers(200), manager: 200, hrAdmin: 200, rest: 404 },
  'GET /statement': {
    ...ownPage,
    ...{ manager: 200, hrInScope: 200, hrOutOfScope: 200, hrAdmin: 200, auditor: 200 },
  },
  'GET /statement?period=2026Q3': ownPage,
  'GET /statement/lines/x?period=2026Q3': ownPage,
  'GET /match': open,
  'GET /match/satisfaction_avg?period=2026Q3': ownPage,
  'GET /desk': { ...strangers(200), hrInScope: 200, hrOutOfScope: 200, hrAdmin: 200, rest: 404 },
  'GET /desk/cycles/2026Q3-large_account': {
    ...strangers(200),
    hrInScope: 200,
    hrOutOfScope: 200,
    hrAdmin: 200,
    rest: 404,
  },
  'GET /healthz': open,
  'GET /readyz': open,
  'GET /metrics': open,
  'GET /api/openapi.json': open,
  'GET /ops/queues': { ...strangers(401), hrAdmin: 200, rest: 403 },
  'GET /ops/queues/api/queues': { ...strangers(401), hrAdmin: 200, rest: 403 },
  'PUT /ops/queues/api/queues/scores/pause': { ...strangers(401), hrAdmin: 403, rest: 403 },
  'GET /nowhere': { rest: 404 },
  'GET /api/v1/nowhere': { rest: 404 },
};

/** Where a contract's path is asked for another person, or needs a query. */
export const ADDRESSES: Readonly<Record<string, string>> = {
  'GET /job-runs/{runId}': `/job-runs/${NOTHING}`,
  'POST /job-runs/{runId}/cancel': `/job-runs/${NOTHING}/cancel`,
  'GET /me/evidence': '/me/evidence?metric=satisfaction_avg&period=2026Q3',
  'GET /me/match': '/me/match?period=2026Q3',
  'GET /cycles/{cycleId}': `/cycles/${CYCLE_ID}`,
  'GET /cycles/{cycleId}/people': `/cycles/${CYCLE_ID}/people`,
  'GET /cycles/{cycleId}/people/{userId}': `/cycles/${CYCLE_ID}/people/wangwu`,
  'GET /cycles/{cycleId}/people/{userId}/evidence': `/cycles/${CYCLE_ID}/people/wangwu/evidence?metric=satisfaction_avg`,
  'GET /cycles/{cycleId}/people/{userId}/file': `/cycles/${CYCLE_ID}/people/wangwu/file`,
  'GET /cycles/{cycleId}/preview': `/cycles/${CYCLE_ID}/preview`,
  'POST /cycles/{cycleId}/decisions': `/cycles/${CYCLE_ID}/decisions`,
  'POST /cycles/{cycleId}/confirmations': `/cycles/${CYCLE_ID}/confirmations`,
  'POST /cycles/{cycleId}/publication': `/cycles/${CYCLE_ID}/publication`,
  'POST /cycles/{cycleId}/people/{userId}/resolutions': `/cycles/${CYCLE_ID}/people/wangwu/resolutions`,
  'POST /cycles/{cycleId}/people/{userId}/notices': `/cycles/${CYCLE_ID}/people/wangwu/notices`,
};
