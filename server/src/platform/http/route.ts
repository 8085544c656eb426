import type { Ability, Viewer } from '../../access/index.ts';

export type DtoClass<T extends object = object> = new () => T;
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** What a handler gets: validated input and who asks. */
export interface RouteInput<P, Q, B> {
  readonly viewer: Viewer;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly http: HttpExchange;
}

/** The little of HTTP that some handlers need (cookies, addresses); everything else stays outside. */
export interface HttpExchange {
  readonly sessionToken: string | null;
  readonly address: string;
  header(name: string): string | null;
  setSession(token: string, maxAgeMs: number): void;
  clearSession(): void;
}

/** The contract of one endpoint: validation, OpenAPI and the access matrix are made from it. */
export interface Contract<P extends object, Q extends object, B extends object, A extends object> {
  readonly method: HttpMethod;
  /** Below /api/v1, path parameters as `{userId}`. */
  readonly path: string;
  readonly may: Ability;
  readonly summary: string;
  readonly params?: DtoClass<P>;
  readonly query?: DtoClass<Q>;
  readonly body?: DtoClass<B>;
  /** Absent: 204 without content. */
  readonly answer?: DtoClass<A>;
}

/** A contract with its handler, types erased for the table of routes. */
export interface ApiRoute {
  readonly contract: Contract<object, object, object, object>;
  readonly handle: (input: RouteInput<object, object, object>) => Promise<object | null>;
}

/** Declares an endpoint; the argument is the contract (see docs/architecture.md). */
export function endpoint<
  P extends object = object,
  Q extends object = object,
  B extends object = object,
  A extends object = object,
>(contract: Contract<P, Q, B, A>, handle: (input: RouteInput<P, Q, B>) => Promise<A | null>): ApiRoute {
  return {
    contract: contract,
    handle: handle as unknown as ApiRoute['handle'],
  };
}
