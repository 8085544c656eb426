import {
  inputsOf,
  lineId,
  linesInOrder,
  periodName,
  renderFormula,
  sourceKindOf,
  type Line,
  type SourceKind,
  type StatementDocument,
} from '@shigang/shared';
import type { StatementLine } from '@shigang/shared/answers';
import type { Sql } from '../../platform/database.ts';
import type { PlanRefs } from './plans/plan-refs.ts';

/** The lines of a stored document in their order, with formula, source and plan. */
export async function readableLines(
  sql: Sql,
  plans: PlanRefs,
  userId: string,
  document: StatementDocument,
): Promise<StatementLine[]> {
  const lines = linesInOrder(document);
  const labels = await sourceLabels(sql, lines);
  return Promise.all(
    lines.map(async (line): Promise<StatementLine> => {
      const kind = sourceKindOf(line);
      return {
        id: lineId(userId, line),
        component: line.head.component,
        kind: line.kind,
        anchorOn: line.anchorOn,
        amountFen: line.amountFen,
        formula: renderFormula(document.format, line),
        inputs: inputsOf(line),
        source: { kind, id: line.sourceId, label: labels.get(`${kind} ${line.sourceId}`) ?? line.sourceId },
        plan: (await plans.ofHead(line.head)).ref,
      };
    }),
  );
}

/** Per kind of source a query for what a person would call the record; parts that it lacks are left out. */
const labelQueries: Readonly<Partial<Record<SourceKind, string>>> = {
  deal: 'SELECT deal_id AS id, customer AS first, product AS second FROM deals WHERE deal_id IN (?)',
  renewal: `SELECT renewal_id AS id, customer AS first, CONCAT('续约 ', years, ' 年') AS second
            FROM renewals WHERE renewal_id IN (?)`,
  collaboration: `SELECT collaboration_id AS id, to_department AS first, subject AS second
                  FROM collaborations WHERE collaboration_id IN (?)`,
};

interface LabelRow {
  id: string;
  first: string | null;
  second: string | null;
}

async function sourceLabels(sql: Sql, lines: readonly Line[]): Promise<Map<string, string>> {
  const labels = new Map<string, string>();
  const idsByKind = new Map<SourceKind, Set<string>>();
  for (const line of lines) {
    const kind = sourceKindOf(line);
    idsByKind.set(kind, (idsByKind.get(kind) ?? new Set()).add(line.sourceId));
    if (kind === 'period') labels.set(`${kind} ${line.sourceId}`, periodName(line.sourceId));
  }
  await Promise.all(
    [...idsByKind].map(async ([kind, ids]) => {
      const query = labelQueries[kind];
      if (query === undefined) return;
      for (const row of await sql.select<LabelRow>(query, [[...ids]])) {
        const parts = [row.first, row.second].filter((part) => part !== null && part !== '');
        if (parts.length > 0) labels.set(`${kind} ${row.id}`, parts.join(' · '));
      }
    }),
  );
  return labels;
}
