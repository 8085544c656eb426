import ExcelJS from 'exceljs';

/* The documents of the public commands, as far as the story reads them (interfaces: command line). */

export interface ExplainedMatch {
  readonly userId: string;
  readonly name: string;
  readonly score: number;
  readonly tier: string;
  readonly coverage: number;
  readonly dimensions: readonly {
    readonly indicators: readonly {
      readonly metric: string;
      readonly value: number | null;
      readonly n: number;
      readonly points: number | null;
      readonly teamAverage: number | null;
      readonly evidence: readonly { readonly kind: string; readonly id: string }[];
    }[];
  }[];
  readonly missing: readonly { readonly metric: string }[];
}

export interface ExplainedStatement {
  readonly plan: { readonly id: string; readonly version: number };
  readonly totalFen: number;
  readonly oldPlanTotalFen: number | null;
  readonly lines: readonly {
    readonly component: string;
    readonly kind: string;
    readonly anchorOn: string;
    readonly amountFen: number;
    readonly formula: string;
    readonly source: { readonly kind: string; readonly id: string };
    readonly plan: { readonly id: string; readonly version: number };
  }[];
}

export interface CycleDocument {
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly left?: readonly { readonly userId: string; readonly tier: string }[];
}

export interface ImportDocument {
  readonly rows: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: readonly unknown[];
  readonly warnings: readonly unknown[];
}

export interface EmployeesDocument {
  readonly employees: readonly {
    readonly userId: string;
    readonly name: string;
    readonly departments: readonly number[];
    readonly role: string | null;
    readonly active: boolean;
  }[];
}

/** An indicator of an explanation. @throws Error when the model does not have it */
export function indicatorOf(explained: ExplainedMatch, metric: string) {
  const found = explained.dimensions
    .flatMap((dimension) => dimension.indicators)
    .find((indicator) => indicator.metric === metric);
  if (!found) throw new Error(`no indicator ${metric}`);
  return found;
}

/** Code of a refusal printed under `--json`. */
export const errorOf = (stdout: string): string =>
  (JSON.parse(stdout) as { error: { code: string } }).error.code;
/** A document but for the time it took. */
export const withoutMs = (done: object): object => ({ ...done, ms: 0 });

/** Rows of a tier list, by column. */
export async function tierListRows(file: string): Promise<Record<string, string>[]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file);
  // Rows and cells count from 1 there.
  const values = workbook.worksheets[0]?.getSheetValues().slice(1) as string[][];
  const [head = [], ...rows] = values.map((cells) => cells.slice(1));
  return rows.map((row) => Object.fromEntries(head.map((column, at) => [column, row[at] ?? ''])));
}
