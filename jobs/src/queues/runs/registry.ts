import { declarations, type DeclaredRun } from '@shigang/server';
import type { RunHandler } from '../handler.ts';
import { handleRebuildProfiles } from '../profiles/rebuild-profiles.ts';
import { handleComputeCycle } from '../scores/compute-cycle.ts';

/** A declaration without a handler does not compile here, nor a handler without a declaration. */
const handlers: { readonly [Run in DeclaredRun as Run['name']]: RunHandler<Run> } = {
  'profiles.rebuild': handleRebuildProfiles,
  'cycle.compute': handleComputeCycle,
};

interface RegisteredRun {
  readonly declaration: DeclaredRun & { readonly title: never };
  readonly handle: RunHandler<never>;
}

/** Kind → what does it. */
export const runs: ReadonlyMap<string, RegisteredRun> = new Map(
  Object.values(declarations).flatMap((declaration) =>
    'isCancellable' in declaration
      ? [[declaration.name as string, { declaration, handle: handlers[declaration.name] } as never]]
      : [],
  ),
);
