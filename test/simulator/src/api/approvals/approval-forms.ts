import type { ApprovalForm, FormComponent, FormContent } from '../../approvals/form-book.ts';
import { idOf, labelOf } from '../../approvals/form-book.ts';
import { COMPONENT_TYPES } from '../../approvals/form-values.ts';
import type { World } from '../../world.ts';
import type { Json } from '../gateway/parameters.ts';
import { isObject } from '../gateway/parameters.ts';
import type { ApiCall, ApiRoute } from '../gateway/route.ts';
import { refused, workflow, workflowTime } from './workflow.ts';

const MOST_FORMS = 200;
const MOST_COMPONENTS = 200;
const LONGEST = { name: 200, description: 300, label: 20, placeholder: 128, componentId: 64, bizAlias: 64 };

/** The page has no code for a body without its fields; this one is its catch-all. */
const wrongBody = () => refused('internalError', '系统内部异常');
const wrongSchema = () => refused('schema.sysAttrs.error', '表单扩展信息添加错误');

const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && [...value].length <= longest;

function componentOf(value: unknown): FormComponent {
  if (!isObject(value) || !isObject(value.props)) throw wrongSchema();
  const { componentType, props, children = [] } = value;
  if (typeof componentType !== 'string' || !COMPONENT_TYPES.includes(componentType)) throw wrongSchema();
  // The page's own sample once says `id`; a real control needs one of the two names.
  if (props.componentId === undefined && props.bizAlias === undefined) throw wrongSchema();
  for (const name of ['componentId', 'bizAlias', 'label', 'placeholder'] as const) {
    if (
      props[name] !== undefined &&
      !isLabelOfTwo(name, props[name]) &&
      !isText(props[name], LONGEST[name])
    ) {
      throw wrongSchema();
    }
  }
  if (!Array.isArray(children)) throw wrongSchema();
  return { componentType, props, children: children.map(componentOf) };
}

/** Controls of two fields carry both labels as JSON text, which is longer than one. */
const isLabelOfTwo = (name: string, value: unknown): boolean =>
  name === 'label' && typeof value === 'string' && value.startsWith('[');

function contentOf({ body }: ApiCall): FormContent {
  const { name, description = '', formComponents, templateConfig = {} } = body;
  if (!isText(name, LONGEST.name) || name === '') throw wrongBody();
  if (!isText(description, LONGEST.description) || !isObject(templateConfig)) throw wrongBody();
  if (!Array.isArray(formComponents) || formComponents.length === 0) throw wrongBody();
  if (formComponents.length > MOST_COMPONENTS) throw wrongBody();
  const components = formComponents.map(componentOf);
  const ids = components.map(idOf);
  if (new Set(ids).size !== ids.length) throw wrongSchema();
  return { name, description, components, config: templateConfig };
}

function save(world: World, call: ApiCall) {
  const content = contentOf(call);
  const { processCode } = call.body;
  const known = world.forms.find(String(processCode));
  if (processCode !== undefined && processCode !== '' && known === undefined) {
    throw refused('processcode.error', 'processCode对应的审批流程不存在');
  }
  const namesake = world.forms.byName(content.name);
  if (namesake !== undefined && namesake !== known) throw refused('formName.error', '已有相同名称表单');
  if (known === undefined && world.forms.size >= MOST_FORMS) throw wrongBody();
  const form = known === undefined ? world.forms.add(content) : world.forms.change(known, content);
  return { result: { processCode: form.processCode } };
}

function codeByName(world: World, { query }: ApiCall) {
  const form = world.forms.byName(query.name ?? '');
  if (form === undefined) throw refused('process.error', '模板不存在');
  const gmtModified = workflowTime(form.modifiedAt, world.variation.form(false, true));
  return { result: { processCode: form.processCode, gmtModified } };
}

/** Reading names things otherwise than writing: `componentName`, `id`, and options as texts. */
function readComponent(component: FormComponent): Json {
  const { componentId: _componentId, options, ...props } = component.props;
  const texts = Array.isArray(options)
    ? { options: options.map((option) => (isObject(option) ? String(option.value) : String(option))) }
    : {};
  return {
    componentName: component.componentType,
    props: { id: idOf(component), ...props, label: labelOf(component), ...texts },
    ...(component.children.length > 0 ? { children: component.children.map(readComponent) } : {}),
  };
}

function schemaOf(world: World, form: ApprovalForm): Json {
  const [creatorUserId] = world.directory.roleGroups.flatMap(({ roles }) =>
    roles.filter(({ name }) => name === '主管理员').flatMap(({ userids }) => userids),
  );
  return {
    creatorUserId: creatorUserId ?? '',
    appUuid: world.credentials.corpId,
    formCode: form.processCode,
    formUuid: form.formUuid,
    name: form.name,
    memo: form.description,
    ownerIdType: 'orgId',
    schemaContent: { title: form.name, icon: 'common', items: form.components.map(readComponent) },
    appType: 0,
    engineType: 0,
    status: 'PUBLISHED',
    listOrder: form.number,
    procType: 'inner',
    visibleRange: 'PRIVATE',
    gmtCreate: String(form.createdAt),
    gmtModified: String(form.modifiedAt),
  };
}

function schema(world: World, { query }: ApiCall) {
  if (!query.processCode) throw refused('invalidParameter', '参数错误');
  const form = world.forms.find(query.processCode);
  if (form === undefined) throw refused('formNotExist', '审批表单模板不存在');
  return { result: schemaOf(world, form) };
}

/** Approval forms: saved, found by name, read. */
export const approvalFormRoutes: ApiRoute[] = [
  workflow(['POST', 'forms'], 'Workflow.Form.Write', save),
  workflow(['GET', 'forms/schemas/processCodes'], 'Workflow.Form.Read', schema),
  workflow(['GET', 'processCentres/schemaNames/processCodes'], 'Workflow.Form.Read', codeByName),
];
