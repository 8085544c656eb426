import type { LineHead, ComponentKind } from '@shigang/shared';
import type { PlanRef } from '@shigang/shared/answers';
import type { Database } from '../../../platform/database.ts';
import { readPlans } from './plan-rows.ts';

export interface PlanWithComponents {
  readonly ref: PlanRef;
  /** In the plan's order. */
  readonly components: readonly { readonly id: string; readonly kind: ComponentKind }[];
}

/** Plan versions by number; they never change, so that each is read once per process. */
export class PlanRefs {
  readonly #db: Database;
  readonly #known = new Map<string, PlanWithComponents>();

  constructor(db: Database) {
    this.#db = db;
  }

  async find(id: string, version: number): Promise<PlanWithComponents> {
    const key = `${id}@${version}`;
    if (!this.#known.has(key)) await this.#load();
    const found = this.#known.get(key);
    if (!found) throw new Error(`a statement names the plan version ${key}, which is not stored`);
    return found;
  }

  ofHead = (head: LineHead): Promise<PlanWithComponents> => this.find(head.planId, head.planVersion);

  async #load(): Promise<void> {
    for (const { content } of await readPlans(this.#db)) {
      const { id, version, name, validFrom } = content;
      this.#known.set(`${id}@${version}`, {
        ref: { id, version, name, validFrom },
        components: content.components.map((component) => ({ id: component.id, kind: component.kind })),
      });
    }
  }
}
