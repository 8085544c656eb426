import { formatDecimal } from '../money/decimal.ts';
import type { RoleModel } from './content.ts';

/** A role model as the file that {@link parseRoleModel} reads. */
export interface RoleModelFile {
  readonly role: string;
  readonly name: string;
  readonly validFrom: string;
  readonly lookbackQuarters: number;
  readonly thresholds: { readonly transition: number; readonly train: number };
  readonly minCoverage: number;
  readonly minEmployedDays: number;
  readonly dimensions: readonly {
    readonly id: string;
    readonly name: string;
    readonly weight: number;
    readonly indicators: readonly { metric: string; floor: number; target: number; weight: number }[];
    readonly courses: readonly string[];
  }[];
  readonly mustHave: readonly { readonly metric: string; readonly atLeast: number }[];
}

/** Only to be written out as JSON: the shortest text of the double is the decimal again. */
const written = (scaled: number, places: number): number => Number(formatDecimal(scaled, places));

/** Content → file, every field present in a fixed order, so that parse(file(model)) is the model again. */
export function roleModelFile(model: RoleModel): RoleModelFile {
  return {
    role: model.role,
    name: model.name,
    validFrom: model.validFrom,
    lookbackQuarters: model.lookbackQuarters,
    thresholds: {
      transition: written(model.thresholds.transition, 2),
      train: written(model.thresholds.train, 2),
    },
    minCoverage: written(model.minCoverage, 2),
    minEmployedDays: model.minEmployedDays,
    dimensions: model.dimensions.map((dimension) => ({
      id: dimension.id,
      name: dimension.name,
      weight: dimension.weight,
      indicators: dimension.indicators.map((indicator) => ({
        metric: indicator.metric,
        floor: written(indicator.floor, 4),
        target: written(indicator.target, 4),
        weight: indicator.weight,
      })),
      courses: [...dimension.courses],
    })),
    mustHave: model.mustHave.map((must) => ({ metric: must.metric, atLeast: written(must.atLeast, 4) })),
  };
}

/** Canonical text of a model: equal texts are equal contents. */
export const canonicalRoleModel = (model: RoleModel): string => JSON.stringify(roleModelFile(model));

/** Whether two models say the same. */
export const isSameRoleModel = (a: RoleModel, b: RoleModel): boolean =>
  canonicalRoleModel(a) === canonicalRoleModel(b);
