import type { Ability, Viewer } from '../../access/index.ts';
import type { FileContent, FileKind, StreamContent, StreamKind } from './content.ts';
import type { ReceivedFile, UploadRule } from './upload.ts';

export type DtoClass<T extends object = object> = new () => T;
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * Whom an endpoint answers. What each means for origin, limit, 401 and 403 stands in mount.ts alone.
 * `session`: a person with our cookie · `key`: a program with a key of its own · `signed`: somebody who signs each
 * request, and may no more than send it · `public`: whoever asks.
 */
export type Audience = 'session' | 'key' | 'signed' | 'public';

/** Who asks, and which ability he needs; nobody behind a signature or a public address has one. */
type Asked =
  | { readonly audience: 'session' | 'key'; readonly may: Ability }
  | { readonly audience: 'signed' | 'public'; readonly may?: never };

/** What a handler gets: validated input and who asks. */
export interface RouteInput<P, Q, B> {
  readonly viewer: Viewer;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly http: HttpExchange;
}

/** The little of HTTP that some handlers need (cookies, addresses, files); everything else stays outside. */
export interface HttpExchange {
  readonly sessionToken: string | null;
  readonly address: string;
  /** Aborted when the client goes away before it has its answer. */
  readonly gone: AbortSignal;
  header(name: string): string | null;
  setSession(token: string, maxAgeMs: number): void;
  clearSession(): void;
  /** The file of an endpoint with `upload`. It is gone when the handler has ended, whatever came of it. */
  readonly file: ReceivedFile | null;
}

/** An endpoint answers with a document, a file, a stream, or (absent) with 204. */
export type AnswerKind = DtoClass | FileKind | StreamKind | undefined;
export type AnswerOf<K extends AnswerKind> =
  K extends DtoClass<infer A>
    ? A | null
    : K extends FileKind
      ? FileContent
      : K extends StreamKind
        ? StreamContent
        : null;

/** The contract of one endpoint: validation, OpenAPI and the access matrix are made from it. */
export type Contract<
  P extends object = object,
  Q extends object = object,
  B extends object = object,
  K extends AnswerKind = AnswerKind,
> = Asked & {
  readonly method: HttpMethod;
  /** Below /api/v1, path parameters as `{userId}`. */
  readonly path: string;
  readonly summary: string;
  readonly params?: DtoClass<P>;
  readonly query?: DtoClass<Q>;
  readonly body?: DtoClass<B>;
  /** Instead of `body`: the request is one file. */
  readonly upload?: UploadRule;
  /** Absent: 204 without content. */
  readonly answer?: K;
};

/** A contract with its handler, types erased for the table of routes. */
export interface ApiRoute {
  readonly contract: Contract;
  readonly handle: (input: RouteInput<object, object, object>) => Promise<object | null>;
}

/** Declares an endpoint; the argument is the contract (see docs/architecture.md). */
export function endpoint<
  P extends object = object,
  Q extends object = object,
  B extends object = object,
  K extends AnswerKind = undefined,
>(contract: Contract<P, Q, B, K>, handle: (input: RouteInput<P, Q, B>) => Promise<AnswerOf<K>>): ApiRoute {
  return { contract: contract, handle: handle as unknown as ApiRoute['handle'] };
}
