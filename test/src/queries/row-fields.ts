import ts from 'typescript';

/** What a value of a row can be, as mysql2 gives it and as a type declares it. */
export type Kind = 'number' | 'string' | 'Date' | 'Buffer' | 'json';

export interface RowField {
  readonly name: string;
  /** Empty: anything (`unknown`). */
  readonly kinds: ReadonlySet<Kind>;
  readonly mayBeNull: boolean;
}

/** Fields of the row type of a call of `select`, from its type `Promise<Row[]>`; null for a row without any. */
export function rowFields(checker: ts.TypeChecker, call: ts.CallExpression): RowField[] | null {
  const promise = checker.getTypeAtLocation(call);
  const rows = checker.getAwaitedType(promise);
  const row = rows && checker.getIndexTypeOfType(rows, ts.IndexKind.Number);
  if (!row) throw new Error(`not a call of select: ${call.getText()}`);
  const fields = row.getProperties().map((field) => fieldOf(checker, field));
  return fields.length === 0 ? null : fields;
}

function fieldOf(checker: ts.TypeChecker, field: ts.Symbol): RowField {
  const type = checker.getTypeOfSymbol(field);
  const parts = type.isUnion() ? type.types : [type];
  const isAnything = (type.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) !== 0;
  const kinds = new Set(isAnything ? [] : parts.flatMap((part) => kindOf(checker, part)));
  const mayBeNull = isAnything || parts.some((part) => (part.flags & ts.TypeFlags.Null) !== 0);
  return { name: field.name, kinds, mayBeNull };
}

function kindOf(checker: ts.TypeChecker, type: ts.Type): Kind[] {
  if (type.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) return [];
  if (type.isIntersection()) return type.types.flatMap((part) => kindOf(checker, part)).slice(0, 1);
  if (type.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.TemplateLiteral)) return ['string'];
  if (type.flags & ts.TypeFlags.NumberLike) return ['number'];
  const name = type.getSymbol()?.name;
  if (name === 'Date' || name === 'Buffer') return [name];
  return ['json'];
}
