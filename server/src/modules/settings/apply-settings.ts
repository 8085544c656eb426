import { AppError } from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import { sqlInstant, type Clock } from '../../platform/clock.ts';
import type { Database, Sql } from '../../platform/database.ts';
import { readJson } from '../../platform/json.ts';
import {
  settingDefinitions,
  settingNames,
  SettingProblem,
  type SettingName,
  type Settings,
} from './definitions.ts';

export interface AppliedSettings {
  readonly status: 'updated' | 'unchanged';
  /** Names of the settings whose value is another than before. */
  readonly changed: readonly SettingName[];
  readonly settings: Settings;
}

interface ApplyDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

/** What is stored, defaults for the rest. Stored values were checked when they were written. */
export async function readSettings(sql: Sql): Promise<Settings> {
  const rows = await sql.select<{ name: string; value: string }>('SELECT name, value FROM settings');
  const stored = new Map(rows.map((row) => [row.name, readJson<unknown>(row.value)]));
  const value = (name: SettingName): unknown =>
    stored.has(name) ? stored.get(name) : settingDefinitions[name].preset;
  const entries: [SettingName, unknown][] = settingNames.map((name) => [name, value(name)]);
  return Object.fromEntries(entries) as Record<SettingName, unknown> as Settings;
}

/**
 * Takes over the settings that the document names, all or none; those it does not name stay as they are. Applying what
 * `settings show` prints changes nothing.
 * @throws AppError access.denied (HR admins only), settings.unknown, settings.invalid naming the field
 */
export async function applySettings(
  deps: ApplyDeps,
  viewer: Viewer,
  json: unknown,
): Promise<AppliedSettings> {
  assertMay(viewer, 'settings.apply');
  const wanted = readDocument(json);
  return deps.db.transaction(async (tx) => {
    const before = await readSettings(tx);
    const changed = (Object.keys(wanted) as SettingName[]).filter(
      (name) => !isEqual(before[name], wanted[name]),
    );
    if (changed.length === 0) return { status: 'unchanged', changed, settings: before };
    const at = sqlInstant(deps.clock.now());
    await tx.insertMany(
      'settings',
      ['name', 'value', 'updated_at', 'updated_by'],
      changed.map((name) => [name, JSON.stringify(wanted[name]), at, viewer.actor]),
      { update: ['value', 'updated_at', 'updated_by'] },
    );
    await deps.audit.record(tx, viewer, {
      action: 'settings.changed',
      subjectKind: 'settings',
      subjectId: 'all',
      before: Object.fromEntries(changed.map((name) => [name, before[name]])),
      after: Object.fromEntries(changed.map((name) => [name, wanted[name]])),
    });
    return { status: 'updated', changed, settings: { ...before, ...wanted } };
  });
}

function readDocument(json: unknown): Partial<Settings> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new AppError('settings.invalid', { field: '文件', detail: '应为一个对象 { … }' });
  }
  const known = settingNames as readonly string[];
  const unknown = Object.keys(json).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new AppError('settings.unknown', { field: unknown });
  try {
    const entries = Object.entries(json).map(([name, value]) => [
      name,
      settingDefinitions[name as SettingName].read(value, name),
    ]);
    return Object.fromEntries(entries) as Partial<Settings>;
  } catch (error) {
    if (error instanceof SettingProblem) {
      throw new AppError('settings.invalid', { field: error.field, detail: error.message });
    }
    throw error;
  }
}

/** Same content, whatever the order of keys; the order of lists counts. */
function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => key in right && isEqual(left[key], right[key]))
  );
}
