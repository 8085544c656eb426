import type { ApprovalForm, FormComponent } from '../../approvals/form-book.ts';
import { idOf, labelOf } from '../../approvals/form-book.ts';
import { isGoodValue } from '../../approvals/form-values.ts';
import type { ActionType, ApproverNode, CcPosition, FormValue } from '../../approvals/instance.ts';
import type { Person } from '../../org/directory.ts';
import { ROOT_DEPARTMENT } from '../../org/directory.ts';
import type { World } from '../../world.ts';
import type { Json } from '../gateway/parameters.ts';
import { integer, isObject, isTextList } from '../gateway/parameters.ts';
import type { ApiCall } from '../gateway/route.ts';
import { refused } from './workflow.ts';

const MOST_NODES = 20;
const MOST_COPIES = 50;
const MOST_VALUES = 150;
const LONGEST_VALUE = 65_535;
const ACTION_TYPES: ActionType[] = ['AND', 'OR', 'NONE'];
const CC_POSITIONS: CcPosition[] = ['START', 'FINISH', 'START_FINISH'];
/** How an approval names the root department. */
const ROOT_HERE = -1;

const wrong = () => refused('invalidParameter', '发起审批参数错误');
const wrongPeople = () => refused('processInstanceInvalidParameter', '审批实例参数错误');
const wrongComponent = () => refused('illegalComponent', '表单组件入参错误');
const wrongValue = (name: string, reason: string) =>
  refused('formConverterError', `表单数据校验失败，${name}：${reason}`);

/**
 * Starts an approval. The page's checks in this order: what a body needs, app, form, starter and department, approvers
 * and copies, values.
 */
export function startInstance(world: World, { body }: ApiCall) {
  const { originatorUserId, processCode, formComponentValues, microappAgentId, bizDetailPageUrl } = body;
  if (typeof originatorUserId !== 'string' || originatorUserId === '') throw wrong();
  if (typeof processCode !== 'string' || processCode === '') throw wrong();
  if (!Array.isArray(formComponentValues) || formComponentValues.length > MOST_VALUES) throw wrong();
  if (microappAgentId !== undefined && Number(microappAgentId) !== world.credentials.agentId) {
    throw refused('invalidAgentId', '无效的微应用ID');
  }
  if (bizDetailPageUrl !== undefined) {
    const only = '权益校验失败。指定bizDetailPageUrl为OA高级版专享功能，请开通高级版后再重试。';
    throw refused('benefitStatusInvalid', only);
  }
  const form = world.forms.find(processCode);
  if (form === undefined) throw refused('processCodeError', '获取审批模板失败或者模板已被删除');
  const starter = employed(world, originatorUserId);
  const instance = world.books.approvals.start({
    form,
    title: `${starter.name}提交的${form.name}`,
    starter: starter.userid,
    departmentId: departmentOf(starter, body),
    nodes: nodesOf(world, body),
    ccList: copiesOf(world, body),
    ccPosition: positionOf(body),
    values: valuesOf(form, formComponentValues),
  });
  return { instanceId: instance.id };
}

function employed(world: World, userid: string): Person {
  const person = world.directory.person(userid);
  if (person === undefined || !world.directory.isPresent(person)) throw wrongPeople();
  return person;
}

function departmentOf(starter: Person, body: Json): number {
  const given = integer(body, 'deptId');
  if (given === undefined) {
    if (body.approvers === undefined) throw wrong();
    return starter.departments[0] ?? ROOT_DEPARTMENT;
  }
  const id = given === ROOT_HERE ? ROOT_DEPARTMENT : given;
  if (!starter.departments.includes(id)) throw wrongPeople();
  return id;
}

/** Nobody can set up a way of approval in the simulator: an instance brings its own approvers or cannot start. */
function nodesOf(world: World, { approvers }: Json): ApproverNode[] {
  if (approvers === undefined) throw refused('processGetFailed', '获取审批流失败或审批单状态为非启用状态');
  if (!Array.isArray(approvers) || approvers.length < 1 || approvers.length > MOST_NODES) throw wrong();
  return approvers.map((node) => {
    if (!isObject(node) || !isTextList(node.userIds)) throw wrong();
    const actionType = node.actionType as ActionType;
    if (!ACTION_TYPES.includes(actionType)) throw wrong();
    // Told by the page of the old call only: one person has no order, several need one.
    if (actionType === 'NONE' ? node.userIds.length !== 1 : node.userIds.length < 2) throw wrong();
    const userIds = [...new Set(node.userIds)];
    for (const userid of userIds) employed(world, userid);
    return { actionType, userIds };
  });
}

function copiesOf(world: World, { ccList = [] }: Json): string[] {
  if (!isTextList(ccList) || ccList.length > MOST_COPIES) throw wrong();
  for (const userid of ccList) employed(world, userid);
  return ccList;
}

function positionOf({ ccPosition = 'FINISH' }: Json): CcPosition {
  if (!CC_POSITIONS.includes(ccPosition as CcPosition)) throw wrong();
  return ccPosition as CcPosition;
}

function valuesOf(form: ApprovalForm, given: unknown[]): FormValue[] {
  const values = given.map((value) => valueOf(form, value));
  for (const component of form.components) {
    const isThere = values.some(({ id, value }) => id === idOf(component) && value !== '');
    if (component.props.required === true && !isThere) throw wrongValue(labelOf(component), '不能为空');
  }
  return values;
}

/** A control is meant by its label; its id and alias only confirm that. */
function valueOf(form: ApprovalForm, given: unknown): FormValue {
  if (!isObject(given)) throw wrongComponent();
  const { name, value, extValue } = given;
  if (typeof name !== 'string' || typeof value !== 'string') throw wrongComponent();
  if (value.length > LONGEST_VALUE) throw wrongComponent();
  if (extValue !== undefined && (typeof extValue !== 'string' || extValue.length > LONGEST_VALUE)) {
    throw wrongComponent();
  }
  const component = form.components.find((other) => labelOf(other) === name);
  if (component === undefined || !isSame(component, given)) throw wrongValue(name, '控件不存在');
  if (value !== '' && !isGoodValue(component, value)) throw wrongValue(name, '格式不正确');
  const { bizAlias } = component.props;
  return {
    id: idOf(component),
    name,
    value,
    componentType: component.componentType,
    ...(typeof extValue === 'string' ? { extValue } : {}),
    ...(typeof bizAlias === 'string' ? { bizAlias } : {}),
  };
}

const isSame = (component: FormComponent, { id, componentType }: Json): boolean =>
  (id === undefined || id === idOf(component)) &&
  (componentType === undefined || componentType === component.componentType);
