import { AppError } from '../../errors/app-error.ts';
import { salesRoles, segments, type SalesRole, type Segment } from '../../messages/words.ts';
import { isDay, type DayString } from '../../period/day.ts';
import { invalid, JsonObject, listOf, oneOf } from './json-field.ts';
import {
  indexMetrics,
  type IndexIndicator,
  type PlanComparison,
  type PlanComponent,
  type PlanContent,
  type SatisfactionStep,
} from './plan.ts';

const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/;
const NAME = /^\S(?:.{0,98}\S)?$/u;
/** One thousand million yuan: far above any plan, and far below where products leave exact arithmetic. */
const MAX_FEN = 100_000_000_000;
/** 100 %. */
const MAX_RATE_BP = 10_000;
/** Largest floor or target of an indicator, in ten-thousandths (revenue counts fen). */
const MAX_BOUND = MAX_FEN * 10_000;
const MAX_COMPONENTS = 20;
const MAX_STEPS = 20;
/** Scores go from 0.00 to 10.00. */
const MAX_SCORE_HUNDREDTHS = 1_000;

/** Component kinds that a plan may name one day, but that this release does not price. */
const laterKinds: readonly string[] = ['clawback', 'adjustment', 'guarantee'];

/**
 * The content of a plan file (JSON already parsed). Decimals count as written, thresholds with two places, everything
 * else with four at most; absent optional fields take the defaults of docs/formats.md §4.
 * @throws AppError plan.invalid with the field; plan.component_unsupported for what this release does not price
 *   (brackets, caps, `collected`, guarantee, adjustments, other index metrics): never ignored
 */
export function parsePlan(file: unknown): PlanContent {
  const plan = new JsonObject(file, '');
  const id = plan.text('id', ID, '应是 1–32 位字母、数字、点、横线或下划线');
  const name = readName(plan);
  const validFrom = plan.get('validFrom');
  if (typeof validFrom !== 'string' || !isDay(validFrom))
    throw invalid('validFrom', '应是日期，如 2026-07-01');
  const roles = readRoles(plan);
  mustBeNull(plan, 'guarantee', '保底');
  mustBeNull(plan, 'capFen', '封顶');
  const payAfterLeaving = plan.boolean('payAfterLeaving', false);
  const components = readComponents(plan);
  const comparison = readComparison(plan);
  plan.refuseUnknown();
  return { id, name, validFrom: validFrom as DayString, roles, payAfterLeaving, components, comparison };
}

const readName = (object: JsonObject): string => object.text('name', NAME, '应是 1–100 个字，首尾不留空白');

function readRoles(plan: JsonObject): SalesRole[] {
  const named = listOf(plan.get('roles'), 'roles', { min: 1, max: salesRoles.length }).map((role, position) =>
    oneOf(role, salesRoles, `roles[${position}]`),
  );
  if (new Set(named).size !== named.length) throw invalid('roles', '同一岗位只能写一次');
  return salesRoles.filter((role) => named.includes(role));
}

function readComparison(plan: JsonObject): PlanComparison | null {
  const value = plan.get('comparison') ?? null;
  if (value === null) return null;
  const comparison = new JsonObject(value, 'comparison');
  const read = { name: readName(comparison), components: readComponents(comparison) };
  comparison.refuseUnknown();
  return read;
}

function readComponents(owner: JsonObject): PlanComponent[] {
  const components = owner.objects('components', 1, MAX_COMPONENTS).map(readComponent);
  const seen = new Set<string>();
  for (const [position, component] of components.entries()) {
    const path = `${owner.pathOf('components')}[${position}].id`;
    if (seen.has(component.id)) throw invalid(path, '组成部分的 id 不能重复');
    seen.add(component.id);
  }
  return components;
}

const readers = {
  revenue_commission: readRevenueCommission,
  satisfaction_bonus: readSatisfactionBonus,
  renewal_commission: readRenewalCommission,
  coordination_reward: readCoordinationReward,
  weighted_index_bonus: readWeightedIndexBonus,
} satisfies Record<PlanComponent['kind'], (component: JsonObject, id: string) => PlanComponent>;
const kinds = Object.keys(readers) as PlanComponent['kind'][];

function readComponent(component: JsonObject): PlanComponent {
  const id = component.text('id', ID, '应是 1–32 位字母、数字、点、横线或下划线');
  const kind = component.get('kind');
  if (typeof kind === 'string' && laterKinds.includes(kind))
    throw unsupported(component.pathOf('kind'), kind);
  const read = readers[oneOf(kind, kinds, component.pathOf('kind'))](component, id);
  component.refuseUnknown();
  return read;
}

function readRevenueCommission(component: JsonObject, id: string): PlanComponent {
  const rateBp = component.integer('rateBp', 0, MAX_RATE_BP);
  if (component.oneOf('basis', ['signed', 'collected']) === 'collected') {
    throw unsupported(component.pathOf('basis'), '按回款计提');
  }
  mustBeNull(component, 'brackets', '分档');
  mustBeNull(component, 'capFen', '封顶');
  return { id, kind: 'revenue_commission', rateBp, basis: 'signed', segments: readSegments(component) };
}

function readSegments(component: JsonObject): Segment[] | null {
  const value = component.get('segments') ?? null;
  if (value === null) return null;
  const path = component.pathOf('segments');
  const named = listOf(value, path, { min: 1, max: segments.length }).map((segment, position) =>
    oneOf(segment, segments, `${path}[${position}]`),
  );
  if (new Set(named).size !== named.length) throw invalid(path, '同一客户类型只能写一次');
  return segments.filter((segment) => named.includes(segment));
}

function readSatisfactionBonus(component: JsonObject, id: string): PlanComponent {
  const period = component.oneOf('period', ['quarter', 'month']);
  const minCount = component.get('minCount') === undefined ? 1 : component.integer('minCount', 1, 10_000);
  const steps = component.objects('steps', 1, MAX_STEPS).map((step): SatisfactionStep => {
    const atLeastHundredths = step.decimal('atLeast', 2, { min: 0, max: MAX_SCORE_HUNDREDTHS });
    const amountFen = step.integer('amountFen', 0, MAX_FEN);
    step.refuseUnknown();
    return { atLeastHundredths, amountFen };
  });
  const ascending = steps.sort((a, b) => a.atLeastHundredths - b.atLeastHundredths);
  if (new Set(ascending.map((step) => step.atLeastHundredths)).size !== ascending.length) {
    throw invalid(component.pathOf('steps'), '同一门槛只能写一次');
  }
  return { id, kind: 'satisfaction_bonus', period, minCount, steps: ascending };
}

function readRenewalCommission(component: JsonObject, id: string): PlanComponent {
  const rateBp = component.integer('rateBp', 0, MAX_RATE_BP);
  mustBeNull(component, 'capFen', '封顶');
  return { id, kind: 'renewal_commission', rateBp };
}

function readCoordinationReward(component: JsonObject, id: string): PlanComponent {
  const amountFen = component.integer('amountFen', 0, MAX_FEN);
  mustBeNull(component, 'capFen', '封顶');
  return { id, kind: 'coordination_reward', amountFen };
}

function readWeightedIndexBonus(component: JsonObject, id: string): PlanComponent {
  const period = component.oneOf('period', ['quarter', 'month']);
  const baseFen = component.integer('baseFen', 0, MAX_FEN);
  const indicators = component.objects('indicators', 1, indexMetrics.length).map(readIndicator);
  const path = component.pathOf('indicators');
  if (new Set(indicators.map((indicator) => indicator.metric)).size !== indicators.length) {
    throw invalid(path, '同一指标只能写一次');
  }
  const weights = indicators.reduce((sum, indicator) => sum + indicator.weight, 0);
  if (weights !== 100) throw invalid(path, `权重合计应为 100，现在是 ${weights}`);
  return { id, kind: 'weighted_index_bonus', period, baseFen, indicators };
}

function readIndicator(indicator: JsonObject): IndexIndicator {
  const metric = indicator.get('metric');
  const known = indexMetrics.find((name) => name === metric);
  if (known === undefined) throw unsupported(indicator.pathOf('metric'), String(metric));
  const bounds = { min: -MAX_BOUND, max: MAX_BOUND };
  const floorTenThousandths = indicator.decimal('floor', 4, bounds);
  const targetTenThousandths = indicator.decimal('target', 4, bounds);
  if (targetTenThousandths <= floorTenThousandths)
    throw invalid(indicator.pathOf('target'), '应大于起点 floor');
  const weight = indicator.integer('weight', 1, 100);
  indicator.refuseUnknown();
  return { metric: known, floorTenThousandths, targetTenThousandths, weight };
}

function mustBeNull(object: JsonObject, name: string, feature: string): void {
  if ((object.get(name) ?? null) !== null) throw unsupported(object.pathOf(name), feature);
}

const unsupported = (field: string, feature: string): AppError =>
  new AppError('plan.component_unsupported', { field, feature });
