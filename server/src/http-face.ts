/** The HTTP side of the service: loaded by `serve` and by tests of endpoints, not by other commands. */
export { dataRoutes, signInRoutes } from './api.ts';
export { openApiDocument } from './platform/http/openapi.ts';
export type { ApiRoute } from './platform/http/index.ts';
export { startServer, type RunningServer } from './serve.ts';
