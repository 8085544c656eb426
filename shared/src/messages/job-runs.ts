import { periodName } from './format.ts';
import { salesRoleNames, type SalesRole } from './words.ts';

/** What long work is called and what came of it, for the panel of running jobs. */
export const jobRunText = {
  rebuildProfiles: (of: { readonly period: string; readonly role: SalesRole }): string =>
    `重算${periodName(of.period)}${salesRoleNames[of.role]}能力画像`,
  profilesRebuilt: (of: { readonly employees: number; readonly metrics: number }): string =>
    `已重算 ${of.employees} 人，${of.metrics} 个指标值。`,
  computeCycle: (of: { readonly period: string; readonly role: SalesRole }): string =>
    `${periodName(of.period)}${salesRoleNames[of.role]}盘点计算`,
  cycleComputed: (of: { readonly people: number }): string => `已算完 ${of.people} 人，可以开始盘点。`,
  queued: '等待后台进程接手。',
  running: (done: number, total: number | null): string =>
    total === null ? '正在进行。' : `已完成 ${done} / ${total} 人。`,
  /** Asked to stop; the piece under way is still finished. */
  stopping: '正在停止，手头这一批做完就停。',
  cancelled: (done: number, total: number | null): string =>
    done === 0 ? '已取消，没有开始。' : `已取消，做完了 ${done}${total === null ? '' : ` / ${total}`} 人。`,
  bySystem: '系统',
  byOperator: '命令行',
} as const;
