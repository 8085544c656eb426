import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../harness/root.ts';

interface Step {
  readonly name: string;
  readonly args: readonly string[];
}
interface Steps {
  readonly period: string;
  readonly hrAdmin: string;
  readonly preparation: readonly Step[];
  readonly decisions: string;
  readonly afterwards: readonly Step[];
  readonly afterPublication: readonly (Pick<Step, 'name'> & {
    readonly args?: readonly string[];
    readonly approval?: { readonly of: string; readonly by: string; readonly remark: string };
    readonly clock?: string;
  })[];
  readonly newDeal: { readonly period: string; readonly wonOn: string };
}
interface Decision {
  readonly userId: string;
  readonly tier: string;
  readonly targetRole: string;
  readonly reason: string;
}

const read = <Document>(path: string): Document =>
  JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Document;
/** The commands of `npm run demo` up to what a person decides. */
export const steps = read<Steps>('scripts/demo/steps.json');
export const { period, hrAdmin } = steps;
/** What the demo's HR admin decides about each `reassign`. */
export const { decisions } = read<{ decisions: Decision[] }>(steps.decisions);
