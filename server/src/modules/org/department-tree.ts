import type { Sql } from '../../platform/database.ts';

export interface DepartmentNode {
  readonly deptId: number;
  readonly name: string;
  readonly parentId: number | null;
  readonly managerUserIds: readonly string[];
}

interface DepartmentRow {
  dept_id: number;
  name: string;
  parent_id: number | null;
  manager_user_ids: string;
}

/** The departments of today with their tree. */
export class DepartmentTree {
  readonly departments: readonly DepartmentNode[];
  readonly #byId: ReadonlyMap<number, DepartmentNode>;
  readonly #children = new Map<number, number[]>();

  constructor(departments: readonly DepartmentNode[]) {
    this.departments = departments;
    this.#byId = new Map(departments.map((node) => [node.deptId, node]));
    for (const { deptId, parentId } of departments) {
      if (parentId !== null) this.#children.set(parentId, [...(this.#children.get(parentId) ?? []), deptId]);
    }
  }

  department(deptId: number): DepartmentNode | null {
    return this.#byId.get(deptId) ?? null;
  }

  nameOf(deptId: number | null): string | null {
    return deptId === null ? null : (this.#byId.get(deptId)?.name ?? null);
  }

  /** The given departments and everything below them; a circle in bad data ends. */
  withSubDepartments(deptIds: readonly number[]): Set<number> {
    const found = new Set<number>();
    const open = [...deptIds];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (found.has(at)) continue;
      found.add(at);
      open.push(...(this.#children.get(at) ?? []));
    }
    return found;
  }
}

export async function loadDepartmentTree(db: Sql): Promise<DepartmentTree> {
  const rows = await db.select<DepartmentRow>(
    'SELECT dept_id, name, parent_id, manager_user_ids FROM departments WHERE active = 1 ORDER BY dept_id',
  );
  return new DepartmentTree(
    rows.map((row) => ({
      deptId: Number(row.dept_id),
      name: row.name,
      parentId: row.parent_id === null ? null : Number(row.parent_id),
      managerUserIds: JSON.parse(row.manager_user_ids) as string[],
    })),
  );
}
