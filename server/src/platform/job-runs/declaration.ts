/**
 * Long work that an endpoint or a command starts and a person follows. Declared in its module (`jobs.ts`), handled in
 * `jobs/src/queues`; what it is to do, how far it is and what came of it stands in the table `job_runs`.
 */
export interface RunDeclaration<Name extends string, Payload extends object, Outcome extends object> {
  readonly name: Name;
  /** Started anew so often after its worker died or the database was away; then it has failed. */
  readonly attempts: number;
  /** Whether it may end between two pieces without leaving something half done. */
  readonly isCancellable: boolean;
  /** A phrase in Chinese from the catalogue. */
  readonly title: (payload: Payload) => string;
  /** What came of it, a sentence in Chinese from the catalogue. */
  readonly told: (outcome: Outcome) => string;
}

export type AnyRun = RunDeclaration<string, never, never>;
export type PayloadOf<R> = R extends RunDeclaration<string, infer Payload, never> ? Payload : never;
export type OutcomeOf<R> = R extends RunDeclaration<string, never, infer Outcome> ? Outcome : never;

export const declareRun =
  <Payload extends object, Outcome extends object>() =>
  <const Name extends string>(
    declaration: RunDeclaration<Name, Payload, Outcome>,
  ): RunDeclaration<Name, Payload, Outcome> =>
    declaration;
