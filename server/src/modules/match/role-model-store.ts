import {
  AppError,
  canonicalRoleModel,
  isSameRoleModel,
  parseRoleModel,
  periodOfDay,
  roleModelFile,
  salesRoleNames,
  versionInForce,
  type Period,
  type RoleModel,
  type RoleModelFile,
  type SalesRole,
} from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import { sqlInstant, today, type Clock } from '../../platform/clock.ts';
import type { Database, Sql } from '../../platform/database.ts';
import { sha256 } from '../../platform/ids.ts';
import { lock } from '../../platform/locks.ts';
import { readJson } from '../../platform/json.ts';

/** A stored version; never changed once written. */
export interface RoleModelVersion {
  readonly role: SalesRole;
  readonly version: number;
  readonly validFrom: Period;
  readonly model: RoleModel;
}

export interface AppliedModel {
  readonly role: SalesRole;
  readonly version: number;
  readonly status: 'created' | 'unchanged';
  readonly validFrom: Period;
}

export interface RoleModelDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

/**
 * Stores a role-model file as the next version, unless the version in force at its `validFrom` says the same.
 * @throws AppError access.denied (HR admins only), model.invalid, model.metric_unsupported
 */
export async function applyRoleModel(
  deps: RoleModelDeps,
  viewer: Viewer,
  file: unknown,
): Promise<AppliedModel> {
  assertMay(viewer, 'model.apply');
  const model = parseRoleModel(file);
  return deps.db.transaction(async (tx) => {
    await lock(tx, `model:${model.role}`);
    const versions = await versionsOf(tx, model.role);
    const inForce = versionInForce(versions, model.validFrom);
    const head = { role: model.role, validFrom: model.validFrom };
    if (inForce && isSameRoleModel(inForce.model, model)) {
      return { ...head, version: inForce.version, status: 'unchanged' };
    }
    const version = Math.max(0, ...versions.map((one) => one.version)) + 1;
    const doc = canonicalRoleModel(model);
    await tx.insertMany(
      'role_models',
      ['role', 'version', 'valid_from', 'name', 'doc', 'content_hash', 'created_at', 'created_by'],
      [
        [
          model.role,
          version,
          model.validFrom,
          model.name,
          doc,
          sha256(doc),
          sqlInstant(deps.clock.now()),
          viewer.actor,
        ],
      ],
    );
    await deps.audit.record(tx, viewer, {
      action: 'model.created',
      subjectKind: 'role_model',
      subjectId: `${model.role}/${version}`,
      after: { ...head, version, contentHash: sha256(doc) },
    });
    return { ...head, version, status: 'created' };
  });
}

/** The version in force for a period, or null. */
export async function roleModelInForce(
  sql: Sql,
  role: SalesRole,
  period: Period,
): Promise<RoleModelVersion | null> {
  return versionInForce(await versionsOf(sql, role), period);
}

/** @throws AppError model.not_found */
export async function requireRoleModel(sql: Sql, role: SalesRole, period: Period): Promise<RoleModelVersion> {
  const found = await roleModelInForce(sql, role, period);
  if (!found) throw new AppError('model.not_found', { period, role: salesRoleNames[role] });
  return found;
}

/** One version by its number; a cycle keeps its own. @throws AppError model.not_found */
export async function roleModelVersion(
  sql: Sql,
  role: SalesRole,
  version: number,
): Promise<RoleModelVersion> {
  const found = (await versionsOf(sql, role)).find((one) => one.version === version);
  if (!found) throw new AppError('model.not_found', { period: `V${version}`, role: salesRoleNames[role] });
  return found;
}

/**
 * The version in force (by default for the running quarter) in the form that `apply` reads.
 * @throws AppError model.not_found
 */
export async function showRoleModel(
  deps: RoleModelDeps,
  viewer: Viewer,
  { role, period }: { readonly role: SalesRole; readonly period?: Period | undefined },
): Promise<RoleModelFile> {
  assertMay(viewer, 'model.show');
  const found = await requireRoleModel(deps.db, role, period ?? periodOfDay(today(deps.clock)));
  return roleModelFile(found.model);
}

async function versionsOf(sql: Sql, role: SalesRole): Promise<RoleModelVersion[]> {
  const rows = await sql.select<{ version: number; valid_from: Period; doc: string }>(
    'SELECT version, valid_from, doc FROM role_models WHERE role = ? ORDER BY version',
    [role],
  );
  return rows.map((row) => ({
    role,
    version: row.version,
    validFrom: row.valid_from,
    model: parseRoleModel(readJson(row.doc)),
  }));
}
