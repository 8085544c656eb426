import { roleChangeForm } from '@shigang/shared';
import { isRefusal } from '../../dingtalk/index.ts';
import { sqlInstant } from '../../platform/clock.ts';
import { sha256 } from '../../platform/ids.ts';
import type { ApprovalDeps } from './deps.ts';

const CONTENT_HASH = sha256(JSON.stringify(roleChangeForm));
const { name: NAME } = roleChangeForm;

/**
 * Process code of the form of a role change, from our memory. Made, or given its new content, by one metered call where
 * that is missing; two where the name is taken or an earlier attempt may have made it.
 * @throws DingTalkError
 */
export async function processCodeOf(deps: ApprovalDeps): Promise<string> {
  const [known] = await deps.db.select<{ code: string | null; hash: string; triedAt: Date | null }>(
    `SELECT process_code AS code, content_hash AS hash, first_tried_at AS triedAt FROM approval_forms
     WHERE name = ?`,
    [NAME],
  );
  if (known?.code && known.hash === CONTENT_HASH) return known.code;
  const { approvals } = deps.dingtalk.for('approval');
  const mayBeThere = Boolean(known?.triedAt);
  const code = known?.code ?? (mayBeThere ? await approvals.codeOfForm(NAME) : null);
  await remember(deps, code);
  const saved = await save(deps, code);
  await remember(deps, saved, CONTENT_HASH);
  return saved;
}

/** The form was deleted in DingTalk: the next approval makes it anew. */
export async function forgetForm(deps: ApprovalDeps, code: string): Promise<void> {
  await deps.db.execute('UPDATE approval_forms SET process_code = NULL WHERE name = ? AND process_code = ?', [
    NAME,
    code,
  ]);
}

/** Whether a form is, or was, one of ours: only their instances concern us. */
export async function isOurForm(deps: ApprovalDeps, processCode: string): Promise<boolean> {
  const rows = await deps.db.select(
    `SELECT 1 FROM approval_forms WHERE process_code = ?
     UNION SELECT 1 FROM approvals WHERE process_code = ?`,
    [processCode, processCode],
  );
  return rows.length > 0;
}

async function save(deps: ApprovalDeps, code: string | null): Promise<string> {
  const { approvals } = deps.dingtalk.for('approval');
  try {
    return await approvals.saveForm({ ...roleChangeForm, ...(code === null ? {} : { processCode: code }) });
  } catch (error) {
    // Taken: by an earlier installation, or by another worker a moment ago. Saving it again changes nothing.
    const taken =
      code === null && isRefusal(error, 'formName.error') ? await approvals.codeOfForm(NAME) : null;
    if (taken !== null) return approvals.saveForm({ ...roleChangeForm, processCode: taken });
    if (code !== null && isRefusal(error, 'processcode.error')) return approvals.saveForm(roleChangeForm);
    throw error;
  }
}

/** @param hash of the content that DingTalk has for certain; without it this is only an attempt */
async function remember(deps: ApprovalDeps, code: string | null, hash = ''): Promise<void> {
  const now = sqlInstant(deps.clock.now());
  const savedAt = hash === '' ? null : now;
  await deps.db.insertMany(
    'approval_forms',
    ['name', 'process_code', 'content_hash', 'first_tried_at', 'saved_at'],
    [[NAME, code, hash, now, savedAt]],
    { update: ['process_code', 'content_hash', 'first_tried_at', 'saved_at'] },
  );
}
