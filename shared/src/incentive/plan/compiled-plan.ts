import type { Segment } from '../../messages/words.ts';
import type { DayString } from '../../period/day.ts';
import { LineHead } from '../line.ts';
import type { PlanComponent, PlanVersion } from './plan.ts';

/** A component with what its lines have in common, made once per plan version. */
export class CompiledComponent {
  readonly head: LineHead;
  /** What a refund's lines of this component have in common; null where nothing is ever clawed back. */
  readonly clawbackHead: LineHead | null;

  constructor(
    readonly component: PlanComponent,
    plan: PlanVersion,
    order: number,
  ) {
    const { id, kind } = component;
    this.head = new LineHead(plan.id, plan.version, order, id, kind, priceOf(component));
    this.clawbackHead =
      kind === 'revenue_commission'
        ? new LineHead(plan.id, plan.version, order, id, 'clawback', component.rateBp)
        : null;
  }
}

/** A plan version ready to price: components in the plan's order, the comparison beside them. */
export class CompiledPlan {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly validFrom: DayString;
  readonly payAfterLeaving: boolean;
  readonly components: readonly CompiledComponent[];
  readonly comparisonName: string | null;
  readonly comparison: readonly CompiledComponent[];

  constructor(plan: PlanVersion) {
    this.id = plan.id;
    this.version = plan.version;
    this.name = plan.name;
    this.validFrom = plan.validFrom;
    this.payAfterLeaving = plan.payAfterLeaving;
    this.components = plan.components.map(
      (component, order) => new CompiledComponent(component, plan, order),
    );
    this.comparisonName = plan.comparison?.name ?? null;
    this.comparison = (plan.comparison?.components ?? []).map(
      (component, order) => new CompiledComponent(component, plan, order),
    );
  }
}

/** Whether a component prices deals of this segment. */
export const pricesSegment = (segments: readonly Segment[] | null, segment: Segment | null): boolean =>
  segments === null || (segment !== null && segments.includes(segment));

/** What `LineHead.price` holds for a component. */
function priceOf(component: PlanComponent): number {
  switch (component.kind) {
    case 'revenue_commission':
    case 'renewal_commission':
      return component.rateBp;
    case 'coordination_reward':
      return component.amountFen;
    case 'weighted_index_bonus':
      return component.baseFen;
    case 'satisfaction_bonus':
      return 0;
  }
}
