import type { SegmentBounds } from '@shigang/shared';
import type { FactKind, FactTypes } from '../../facts/index.ts';
import type { RowReader } from '../row-reader.ts';
import type { JumpDetector } from '../amount-jump.ts';

export interface KindContext {
  readonly segments: SegmentBounds;
  /** Collects amounts per segment; told of good rows only. */
  readonly jumps: JumpDetector;
}

/** How rows of one kind become facts. */
export interface Kind<Name extends FactKind> {
  /** The field that a repeated key is reported at. */
  readonly keyField: string;
  /** Reads one row; stand-ins where it is refused. */
  readonly read: (row: RowReader, context: KindContext) => FactTypes[Name];
  /** The natural key, empty while a part of it could not be read. */
  readonly keyOf: (fact: FactTypes[Name]) => string;
  /** After a row was found good. */
  readonly accepted?: (fact: FactTypes[Name], rowNumber: number, context: KindContext) => void;
}

export type KindReaders = { readonly [Name in FactKind]: Kind<Name> };

/** Key of several parts; empty while one is missing. */
export const joined = (...parts: readonly string[]): string =>
  parts.includes('') ? '' : parts.join('\u001f');
