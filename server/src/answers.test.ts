import type * as screens from '@shigang/shared/answers';
import { dataRoutes, signInRoutes } from './api.ts';
import type { App } from './app.ts';
import type { StatementAnswer } from './modules/incentive/dto.ts';
import type {
  CycleAnswer,
  CycleListAnswer,
  CyclePeopleAnswer,
  CyclePersonAnswer,
} from './modules/review/desk.dto.ts';
import type { DevelopmentAnswer, PersonFileAnswer } from './modules/review/file.dto.ts';
import type { EvidenceAnswer, MatchAnswer } from './modules/review/own.dto.ts';
import type { TeamAnswer } from './modules/review/team.dto.ts';
import type { SessionAnswer } from './modules/session/session-answer.ts';
import type { HomeAnswer } from './pages/home.ts';
import { openApiDocument } from './platform/http/openapi.ts';

/** The compiler refuses this file when an answer of the server lacks what a screen reads, or has it in another unit. */
type Reads<Screen, Answer extends Screen> = [Screen, Answer] extends never ? never : 'served';
const served: Record<string, 'served'> = {
  SessionAnswer: 'served' satisfies Reads<screens.SessionAnswer, SessionAnswer>,
  HomeAnswer: 'served' satisfies Reads<screens.HomeAnswer, HomeAnswer>,
  StatementAnswer: 'served' satisfies Reads<screens.StatementAnswer, StatementAnswer>,
  MatchAnswer: 'served' satisfies Reads<screens.MatchAnswer, MatchAnswer>,
  EvidenceAnswer: 'served' satisfies Reads<screens.EvidenceAnswer, EvidenceAnswer>,
  CycleListAnswer: 'served' satisfies Reads<screens.CycleListAnswer, CycleListAnswer>,
  CycleAnswer: 'served' satisfies Reads<screens.CycleAnswer, CycleAnswer>,
  CyclePeopleAnswer: 'served' satisfies Reads<screens.CyclePeopleAnswer, CyclePeopleAnswer>,
  CyclePersonAnswer: 'served' satisfies Reads<screens.CyclePersonAnswer, CyclePersonAnswer>,
  DevelopmentAnswer: 'served' satisfies Reads<screens.DevelopmentAnswer, DevelopmentAnswer>,
  TeamAnswer: 'served' satisfies Reads<screens.TeamAnswer, TeamAnswer>,
  PersonFileAnswer: 'served' satisfies Reads<screens.PersonFileAnswer, PersonFileAnswer>,
};

/** Declaring routes calls nothing: no part of the house has to stand. */
const nowhere = { modules: {} } as App;
const routes = [...signInRoutes(nowhere, () => Promise.resolve(null)), ...dataRoutes(nowhere)];
const document = openApiDocument(routes, '1') as {
  paths: Record<string, Record<string, { responses: Record<string, object> }>>;
  components: { schemas: Record<string, { properties?: object }> };
};

test('every answer that a screen reads is described with its fields', () => {
  for (const name of Object.keys(served)) {
    expect([name, Object.keys(document.components.schemas[name]?.properties ?? {}).length > 0]).toEqual([
      name,
      true,
    ]);
  }
});

test('every reference in the document leads somewhere', () => {
  const text = JSON.stringify(document);
  for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g)) {
    expect(Object.keys(document.components.schemas)).toContain(name);
  }
});

test('no two endpoints share method and path, and each is described', () => {
  const keys = routes.map(({ contract }) => `${contract.method} ${contract.path}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { contract } of routes) {
    expect(document.paths[`/api/v1${contract.path}`]?.[contract.method.toLowerCase()]).toBeDefined();
  }
});
