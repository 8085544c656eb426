import { salesRoleNames, type SalesRole } from './words.ts';

/** Name of the form in DingTalk's approvals; also how it is found again. */
export const ROLE_CHANGE_FORM_NAME = '适岗转岗审批';
/** Field that carries our id, so that an instance can be told from every other. */
export const APPROVAL_ID_LABEL = '编号';

/** The form of a role change: one field a line, labels of at most 20 characters. */
export const roleChangeForm = {
  name: ROLE_CHANGE_FORM_NAME,
  description: '由适岗发起：请主管确认员工转到新的销售岗位。双方都同意之后才生效。',
  fields: [
    { label: '员工', kind: 'text' },
    { label: '部门', kind: 'text' },
    { label: '现岗位', kind: 'text' },
    { label: '新岗位', kind: 'text' },
    { label: '激励方案', kind: 'text' },
    { label: '生效约定', kind: 'textarea' },
    { label: '人力资源说明', kind: 'textarea' },
    { label: '决定人', kind: 'text' },
    { label: APPROVAL_ID_LABEL, kind: 'text' },
  ],
} as const;

/** What the approver reads. */
export interface RoleChangeFormFacts {
  readonly approvalId: string;
  readonly name: string;
  readonly jobNumber: string | null;
  readonly departmentName: string | null;
  readonly fromRole: SalesRole;
  readonly toRole: SalesRole;
  /** Pay plan of the new role; null: none applies. */
  readonly planName: string | null;
  /** The words that the person answers to: role, date and pay plan. */
  readonly consentText: string;
  /** HR's written reason. */
  readonly reason: string | null;
  readonly decidedByName: string;
}

const NOTHING = '无';

/** Values of {@link roleChangeForm} by label; every field has one, since DingTalk refuses empty ones here and there. */
export function roleChangeFormValues(facts: RoleChangeFormFacts): { name: string; value: string }[] {
  const values: Record<(typeof roleChangeForm.fields)[number]['label'], string> = {
    员工: facts.jobNumber === null ? facts.name : `${facts.name}（${facts.jobNumber}）`,
    部门: facts.departmentName ?? NOTHING,
    现岗位: salesRoleNames[facts.fromRole],
    新岗位: salesRoleNames[facts.toRole],
    激励方案: facts.planName ?? NOTHING,
    生效约定: facts.consentText,
    人力资源说明: facts.reason ?? NOTHING,
    决定人: facts.decidedByName,
    编号: facts.approvalId,
  };
  return roleChangeForm.fields.map(({ label }) => ({ name: label, value: values[label] }));
}

/** What the evidence file says of an approval that ended without a person's answer. */
export const approvalRemarks = {
  noStarter: '没有在职的人力资源人员可以发起审批',
  noApprover: '找不到可以审批的人：没有在职的直属主管、部门负责人或人力资源管理员',
  refusedStart: '钉钉没有受理这次审批',
  neverStarted: '多次发起都没有成功',
  deleted: '审批单已在钉钉里被删除',
} as const;

/** What the evidence file says of a transfer in the roster. */
export const transferDetails = {
  off: '设置里没有开启花名册调岗',
  notMapped: '设置里没有这个岗位对应的部门和职位，没有调用',
  submitted: '已提交，等待结果',
  notInRoster: '花名册里已没有这个人',
  noOperator: '没有可以操作的人力资源人员',
  gaveUp: '多次提交都没有成功',
} as const;
