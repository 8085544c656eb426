import type { ImportKind } from '@shigang/shared';
import { assessments } from './assessments.ts';
import { attendance } from './attendance.ts';
import { collaborations } from './collaborations.ts';
import { deals } from './deals.ts';
import { feedback } from './feedback.ts';
import type { FactOf, Kind, RecordKind, RecordShape } from './kind.ts';
import { receipts } from './receipts.ts';
import { renewals } from './renewals.ts';
import { roles } from './roles.ts';
import { trainings } from './trainings.ts';

/** Kinds of facts, named as the sheets of an import. */
export type FactKind = ImportKind;

/** Every kind; the compiler asks for those that an import knows and that are missing here. */
export const factKinds = {
  roles,
  deals,
  receipts,
  renewals,
  feedback,
  collaborations,
  trainings,
  assessments,
  attendance,
} satisfies Readonly<Record<FactKind, unknown>>;

export type FactTypes = { [Name in FactKind]: FactOf<(typeof factKinds)[Name]> };
export type Fact = FactTypes[FactKind];

/** A kind by its name, where only the name is known. */
export const kindOf = <Name extends FactKind>(name: Name): Kind<FactTypes[Name]> =>
  factKinds[name] as unknown as Kind<FactTypes[Name]>;

/** Table and shape of the records that figures rest on, by the name that evidence gives them. */
export const recordShapes: Readonly<Record<RecordKind, RecordShape & { readonly table: string }>> =
  Object.fromEntries(
    Object.values(factKinds).flatMap((kind: Kind<never>) =>
      kind.records ? [[kind.records.name, { ...kind.records, table: kind.table }]] : [],
    ),
  ) as Record<RecordKind, RecordShape & { table: string }>;
