import { salesRoles, type SalesRole } from '@shigang/shared';
import { UsageError } from './context.ts';

/** `--role R`. @throws UsageError */
export function roleOption(value: string): SalesRole {
  const role = salesRoles.find((known) => known === value);
  if (role === undefined) throw new UsageError(`--role must be one of ${salesRoles.join(', ')}`);
  return role;
}
