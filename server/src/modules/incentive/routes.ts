import { endpoint, type ApiRoute } from '../../platform/http/index.ts';
import { StatementAnswer, StatementQuery } from './dto.ts';
import { ownStatement, type OwnStatementDeps } from './own-statement.ts';

/** Endpoints of statements. */
export const incentiveRoutes = (deps: OwnStatementDeps): ApiRoute[] => [
  endpoint(
    {
      method: 'GET',
      path: '/me/statement',
      audience: 'session',
      may: 'own.read',
      summary: 'My incentive statement of a quarter or month, line by line',
      query: StatementQuery,
      answer: StatementAnswer,
    },
    ({ viewer, query }) => ownStatement(deps, viewer, query),
  ),
];
