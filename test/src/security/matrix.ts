import type { Role } from './roles.ts';

/** What each role is answered; a role that is not named is answered as `rest`. */
export type Row = Readonly<Partial<Record<Role, number>>> & { readonly rest: number };

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
};

/** Pages, operations and everything else that the server answers outside /api/v1. */
export const OTHER_MATRIX: Readonly<Record<string, Row>> = {
  'GET /': { hrInScope: 302, hrOutOfScope: 302, hrAdmin: 302, rest: 200 },
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
  'GET /me/evidence': '/me/evidence?metric=satisfaction_avg&period=2026Q3',
  'GET /me/match': '/me/match?period=2026Q3',
  'GET /cycles/{cycleId}': `/cycles/${CYCLE_ID}`,
  'GET /cycles/{cycleId}/people': `/cycles/${CYCLE_ID}/people`,
  'GET /cycles/{cycleId}/people/{userId}': `/cycles/${CYCLE_ID}/people/wangwu`,
  'GET /cycles/{cycleId}/people/{userId}/evidence': `/cycles/${CYCLE_ID}/people/wangwu/evidence?metric=satisfaction_avg`,
};
