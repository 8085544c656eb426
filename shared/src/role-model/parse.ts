import { AppError } from '../errors/app-error.ts';
import { isMetricId, isUnsupportedMetric, type MetricId } from '../metric/catalogue.ts';
import { salesRoles, type SalesRole } from '../messages/words.ts';
import { decimalOfNumber } from '../money/decimal.ts';
import { isPeriod, type Period } from '../period/quarter.ts';
import {
  indicatorsOf,
  roleModelDefaults,
  type Dimension,
  type Indicator,
  type MustHave,
  type RoleModel,
} from './content.ts';

/** Values have four decimals, scores, percentages and thresholds two. */
const VALUE_PLACES = 4;
const SCORE_PLACES = 2;
const FULL_SCORE = 10_000;
/** A mask of present indicators must fit an exact double, and a person must be able to read the model. */
const MAX_INDICATORS = 50;
const MAX_TEXT = 100;
const MAX_EMPLOYED_DAYS = 3_650;

type Json = Record<string, unknown>;

const refuse = (path: string, problem: string): never => {
  throw new AppError('model.invalid', { path, problem });
};

/**
 * A role-model file (docs/formats.md §3) → content. Numbers are the decimals as written, at most four places,
 * thresholds and percentages two.
 * @throws AppError model.invalid with `path` and `problem`; model.metric_unsupported for a metric that this release
 *   does not measure
 */
export function parseRoleModel(file: unknown): RoleModel {
  const json = record(file, '$', [
    'role',
    'name',
    'validFrom',
    'lookbackQuarters',
    'thresholds',
    'minCoverage',
    'minEmployedDays',
    'dimensions',
    'mustHave',
  ]);
  const thresholds = record(json['thresholds'], 'thresholds', ['transition', 'train']);
  const model: RoleModel = {
    role: role(json['role']),
    name: text(json['name'], 'name'),
    validFrom: validFrom(json['validFrom']),
    lookbackQuarters: whole(
      json['lookbackQuarters'] ?? roleModelDefaults.lookbackQuarters,
      'lookbackQuarters',
      [1, 12],
    ),
    thresholds: {
      transition: decimal(thresholds['transition'], 'thresholds.transition', SCORE_PLACES),
      train: decimal(thresholds['train'], 'thresholds.train', SCORE_PLACES),
    },
    minCoverage:
      json['minCoverage'] === undefined
        ? roleModelDefaults.minCoverage
        : decimal(json['minCoverage'], 'minCoverage', SCORE_PLACES),
    minEmployedDays: whole(json['minEmployedDays'] ?? roleModelDefaults.minEmployedDays, 'minEmployedDays', [
      0,
      MAX_EMPLOYED_DAYS,
    ]),
    dimensions: list(json['dimensions'], 'dimensions').map((entry, index) =>
      dimension(entry, `dimensions[${index}]`),
    ),
    mustHave: list(json['mustHave'] ?? [], 'mustHave').map((entry, index) =>
      mustHave(entry, `mustHave[${index}]`),
    ),
  };
  checkWhole(model);
  return model;
}

/** What holds between the parts of a model. */
function checkWhole(model: RoleModel): void {
  const { transition, train } = model.thresholds;
  if (!(train > 0 && train < transition && transition <= FULL_SCORE)) {
    refuse('thresholds', '要求 0 < train < transition ≤ 100');
  }
  if (model.minCoverage < 0 || model.minCoverage > FULL_SCORE) refuse('minCoverage', '要求在 0 到 100 之间');
  if (model.dimensions.length === 0) refuse('dimensions', '至少要有一个维度');
  sumsToHundred(model.dimensions, 'dimensions');
  distinct(
    model.dimensions.map((entry) => entry.id),
    'dimensions',
  );
  if (indicatorsOf(model).length > MAX_INDICATORS) refuse('dimensions', `指标不能多于 ${MAX_INDICATORS} 项`);
}

function dimension(value: unknown, path: string): Dimension {
  const json = record(value, path, ['id', 'name', 'weight', 'indicators', 'courses']);
  const indicators = list(json['indicators'], `${path}.indicators`).map((entry, index) =>
    indicator(entry, `${path}.indicators[${index}]`),
  );
  if (indicators.length === 0) refuse(`${path}.indicators`, '至少要有一项指标');
  sumsToHundred(indicators, `${path}.indicators`);
  distinct(
    indicators.map((entry) => entry.metric),
    `${path}.indicators`,
  );
  const courses = list(json['courses'] ?? [], `${path}.courses`).map((course, index) =>
    text(course, `${path}.courses[${index}]`),
  );
  distinct(courses, `${path}.courses`);
  return {
    id: text(json['id'], `${path}.id`),
    name: text(json['name'], `${path}.name`),
    weight: whole(json['weight'], `${path}.weight`, [1, 100]),
    indicators,
    courses,
  };
}

function indicator(value: unknown, path: string): Indicator {
  const json = record(value, path, ['metric', 'floor', 'target', 'weight']);
  const parsed = {
    metric: metric(json['metric'], `${path}.metric`),
    floor: decimal(json['floor'], `${path}.floor`, VALUE_PLACES),
    target: decimal(json['target'], `${path}.target`, VALUE_PLACES),
    weight: whole(json['weight'], `${path}.weight`, [1, 100]),
  };
  if (parsed.floor === parsed.target) refuse(path, 'floor 与 target 不能相同');
  return parsed;
}

function mustHave(value: unknown, path: string): MustHave {
  const json = record(value, path, ['metric', 'atLeast']);
  return {
    metric: metric(json['metric'], `${path}.metric`),
    atLeast: decimal(json['atLeast'], `${path}.atLeast`, VALUE_PLACES),
  };
}

function metric(value: unknown, path: string): MetricId {
  const id = text(value, path);
  if (isUnsupportedMetric(id))
    throw new AppError('model.metric_unsupported', { metric: id }, { about: { path } });
  return isMetricId(id) ? id : refuse(path, `没有“${id}”这项指标`);
}

const role = (value: unknown): SalesRole =>
  salesRoles.find((known) => known === value) ?? refuse('role', `要求是 ${salesRoles.join('、')} 之一`);

const validFrom = (value: unknown): Period =>
  typeof value === 'string' && isPeriod(value)
    ? (value as Period)
    : refuse('validFrom', '要求写成 2026Q3 这样的季度');

function record(value: unknown, path: string, fields: readonly string[]): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse(path, '要求是一个对象');
  const unknown = Object.keys(value).find((key) => !fields.includes(key));
  if (unknown !== undefined) refuse(path === '$' ? unknown : `${path}.${unknown}`, '不认识这个字段');
  return value as Json;
}

const list = (value: unknown, path: string): unknown[] =>
  Array.isArray(value) ? (value as unknown[]) : refuse(path, '要求是一个列表');

function text(value: unknown, path: string): string {
  if (typeof value !== 'string' || value.trim() === '') return refuse(path, '要求是文字');
  return value.length <= MAX_TEXT ? value.trim() : refuse(path, `不能超过 ${MAX_TEXT} 个字`);
}

function whole(value: unknown, path: string, [low, high]: readonly [number, number]): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high) return value;
  return refuse(path, `要求是 ${low} 到 ${high} 的整数`);
}

function decimal(value: unknown, path: string, places: number): number {
  const scaled = typeof value === 'number' ? decimalOfNumber(value, places) : null;
  return scaled ?? refuse(path, `要求是最多 ${places} 位小数的数`);
}

function sumsToHundred(parts: readonly { readonly weight: number }[], path: string): void {
  const sum = parts.reduce((total, part) => total + part.weight, 0);
  if (sum !== 100) refuse(path, `权重合计 ${sum}，要求合计 100`);
}

function distinct(values: readonly string[], path: string): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) refuse(path, `“${twice}”出现了两次`);
}
