import {
  listOf,
  mustList,
  mustText,
  numberOf,
  partOf,
  textOf,
  textsOf,
  type Fields,
} from './calling/answer.ts';
import type { Caller } from './calling/caller.ts';
import { CALLS } from './calling/calls.ts';
import { DingTalkError, isRefusal } from './calling/errors.ts';
import { official, type OfficialClients } from './calling/official-client.ts';

/** A form of DingTalk's approvals (OA审批); its fields are told apart by their labels. */
export interface ApprovalForm {
  /** At most 64 characters: the call that looks a form up by its name takes no more. */
  readonly name: string;
  /** At most 300 characters. */
  readonly description: string;
  /** Labels of at most 20 characters, each once; a `date` takes `yyyy-MM-dd`. */
  readonly fields: readonly { readonly label: string; readonly kind: 'text' | 'textarea' | 'date' }[];
  /** Of a form that is there already and gets this content. */
  readonly processCode?: string;
}

export interface ApprovalRequest {
  readonly processCode: string;
  readonly starterUserId: string;
  readonly approverUserId: string;
  /** By label. */
  readonly values: readonly { readonly name: string; readonly value: string }[];
}

export type InstanceState = 'running' | 'agreed' | 'refused' | 'terminated';

export interface ApprovalInstance {
  readonly instanceId: string;
  readonly state: InstanceState;
  /** By label, as the form was filled in. */
  readonly values: Readonly<Record<string, string>>;
  /** Said with the step that settled it. */
  readonly remark: string | null;
  /** Userid of whoever agreed, refused or took it back; null while it runs and where DingTalk does not tell. */
  readonly settledBy: string | null;
  readonly starterUserId: string;
  /** Minute of its end, ms, read as UTC; no source tells whether DingTalk means Beijing's time by it. Null while it runs. */
  readonly finishedAtMs: number | null;
}

/** As DingTalk names them in lists. */
export type InstanceStatus = 'RUNNING' | 'TERMINATED' | 'COMPLETED';

const CONTROLS = { text: 'TextField', textarea: 'TextareaField', date: 'DDDateField' } as const;
const DATE_CONTROL = { unit: '天', format: 'yyyy-MM-dd' };
const IDS_PAGE = 20;
/** DingTalk lists at most 10,000 ids. */
const MAX_PAGES = 500;

/** DingTalk's approvals (官方OA审批). Every call is metered. */
export class ApprovalsApi {
  readonly #caller: Caller;
  readonly #clients: OfficialClients;
  readonly #agentId: number;

  constructor(caller: Caller, clients: OfficialClients, agentId: number) {
    this.#caller = caller;
    this.#clients = clients;
    this.#agentId = agentId;
  }

  /**
   * Creates a form, or gives the one with `processCode` this content; never repeated here.
   * @returns its process code
   * @throws DingTalkError `formName.error` for a name that another form has, `processcode.error` for a code that is gone
   */
  async saveForm(form: ApprovalForm): Promise<string> {
    const call = CALLS.saveForm;
    const { module, client, runtime } = await this.#clients.workflow();
    const formComponents = form.fields.map(({ label, kind }, index) => {
      const props = { componentId: `field_${index + 1}`, label, ...(kind === 'date' ? DATE_CONTROL : {}) };
      return new module.FormComponent({
        componentType: CONTROLS[kind],
        props: new module.FormComponentProps(props),
      });
    });
    const { name, description, processCode } = form;
    const request = new module.FormCreateRequest({
      name,
      description,
      formComponents,
      ...(processCode === undefined ? {} : { processCode }),
    });
    const body = await this.#caller.run(call, (token) => {
      const headers = new module.FormCreateHeaders({ xAcsDingtalkAccessToken: token });
      return official(call, () => client.formCreateWithOptions(request, headers, runtime));
    });
    return mustText(partOf(asFields(body), 'result', call.path), 'processCode', call.path);
  }

  /** Process code of the form with this name; null: there is none. @throws DingTalkError */
  async codeOfForm(name: string): Promise<string | null> {
    const call = CALLS.codeOfForm;
    const { module, client, runtime } = await this.#clients.workflow();
    const request = new module.GetProcessCodeByNameRequest({ name });
    try {
      const body = await this.#caller.run(call, (token) => {
        const headers = new module.GetProcessCodeByNameHeaders({ xAcsDingtalkAccessToken: token });
        return official(call, () => client.getProcessCodeByNameWithOptions(request, headers, runtime));
      });
      return mustText(partOf(asFields(body), 'result', call.path), 'processCode', call.path);
    } catch (error) {
      if (isRefusal(error, 'process.error')) return null;
      throw error;
    }
  }

  /**
   * Starts an approval with one approver; never repeated here.
   * @returns the instance's id
   * @throws DingTalkError with `isOutcomeUnknown` when it may have been started; `processCodeError` for a form that is
   * gone, `processInstanceInvalidParameter` for people who are, `formConverterError` for values that the form refuses
   */
  async start(request: ApprovalRequest): Promise<string> {
    const call = CALLS.startApproval;
    const { module, client, runtime } = await this.#clients.workflow();
    const start = new module.StartProcessInstanceRequest({
      processCode: request.processCode,
      originatorUserId: request.starterUserId,
      microappAgentId: this.#agentId,
      approvers: [
        new module.StartProcessInstanceRequestApprovers({
          actionType: 'NONE',
          userIds: [request.approverUserId],
        }),
      ],
      formComponentValues: request.values.map(
        ({ name, value }) => new module.StartProcessInstanceRequestFormComponentValues({ name, value }),
      ),
    });
    const body = await this.#caller.run(call, (token) => {
      const headers = new module.StartProcessInstanceHeaders({ xAcsDingtalkAccessToken: token });
      return official(call, () => client.startProcessInstanceWithOptions(start, headers, runtime));
    });
    return mustText(asFields(body), 'instanceId', call.path);
  }

  /** One instance as it stands. @throws DingTalkError `processInstanceNotExist` for an unknown id */
  async read(instanceId: string): Promise<ApprovalInstance> {
    const call = CALLS.readApproval;
    const { module, client, runtime } = await this.#clients.workflow();
    const request = new module.GetProcessInstanceRequest({ processInstanceId: instanceId });
    const body = await this.#caller.run(call, (token) => {
      const headers = new module.GetProcessInstanceHeaders({ xAcsDingtalkAccessToken: token });
      return official(call, () => client.getProcessInstanceWithOptions(request, headers, runtime));
    });
    return instanceOf(instanceId, partOf(asFields(body), 'result', call.path));
  }

  /**
   * Ids of the instances of one form that were started in a span of at most 120 days (ms, both ends included), of at
   * most ten starters; 20 a call.
   * @throws DingTalkError
   */
  async listIds(query: {
    readonly processCode: string;
    readonly fromMs: number;
    readonly toMs?: number;
    readonly starterUserIds?: readonly string[];
    readonly statuses?: readonly InstanceStatus[];
  }): Promise<string[]> {
    const call = CALLS.approvalIds;
    const { module, client, runtime } = await this.#clients.workflow();
    const { processCode, fromMs, toMs, starterUserIds, statuses } = query;
    const ids: string[] = [];
    let nextToken = 0;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const request = new module.ListProcessInstanceIdsRequest({
        processCode,
        startTime: fromMs,
        ...(toMs === undefined ? {} : { endTime: toMs }),
        ...(starterUserIds === undefined ? {} : { userIds: [...starterUserIds] }),
        ...(statuses === undefined ? {} : { statuses: [...statuses] }),
        nextToken,
        maxResults: IDS_PAGE,
      });
      const body = await this.#caller.run(call, (token) => {
        const headers = new module.ListProcessInstanceIdsHeaders({ xAcsDingtalkAccessToken: token });
        return official(call, () => client.listProcessInstanceIdsWithOptions(request, headers, runtime));
      });
      const result = partOf(asFields(body), 'result', call.path);
      mustList(result, 'list', call.path);
      ids.push(...textsOf(result, 'list'));
      // A number goes in, a text comes out; absent or empty is the end.
      const next = numberOf(result, 'nextToken');
      if (next === null || next <= nextToken) break;
      nextToken = next;
    }
    return ids;
  }

  /**
   * Takes a running approval back, not within 15 s of its start. `operatorUserId` is the starter; null: by the system,
   * when the starter is not there any more. The answer may be lost: read the instance afterwards.
   * @throws DingTalkError `aflowProcessInstStatusException` when it has ended or is too young
   */
  async terminate(request: {
    readonly instanceId: string;
    readonly operatorUserId: string | null;
    readonly remark: string;
  }): Promise<void> {
    const call = CALLS.terminateApproval;
    const { module, client, runtime } = await this.#clients.workflow();
    const { instanceId, operatorUserId, remark } = request;
    const terminate = new module.TerminateProcessInstanceRequest({
      processInstanceId: instanceId,
      isSystem: operatorUserId === null,
      ...(operatorUserId === null ? {} : { operatingUserId: operatorUserId }),
      remark,
    });
    await this.#caller.run(call, (token) => {
      const headers = new module.TerminateProcessInstanceHeaders({ xAcsDingtalkAccessToken: token });
      return official(call, () => client.terminateProcessInstanceWithOptions(terminate, headers, runtime));
    });
  }
}

/** Models of the official client are read as plain fields: what is declared and what arrives may differ. */
const asFields = (body: object): Fields => body as Fields;

function instanceOf(instanceId: string, result: Fields): ApprovalInstance {
  const state = stateOf(result);
  const values = listOf(result, 'formComponentValues').flatMap((item) => {
    const name = textOf(item, 'name');
    return name === null ? [] : [[name, textOf(item, 'value') ?? ''] as const];
  });
  return {
    instanceId,
    state,
    values: Object.fromEntries(values),
    ...settlementOf(result, state),
    starterUserId: mustText(result, 'originatorUserId', CALLS.readApproval.path),
    finishedAtMs: state === 'running' ? null : minuteOf(textOf(result, 'finishTime')),
  };
}

/** `2022-08-31T11:52Z` */
function minuteOf(text: string | null): number | null {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? null : ms;
}

function stateOf(result: Fields): InstanceState {
  const status = textOf(result, 'status');
  const outcome = textOf(result, 'result')?.toLowerCase();
  if (status === 'RUNNING' || status === 'NEW') return 'running';
  if (status === 'TERMINATED' || status === 'CANCELED') return 'terminated';
  if (status === 'COMPLETED' && outcome === 'agree') return 'agreed';
  if (status === 'COMPLETED' && outcome === 'refuse') return 'refused';
  throw new DingTalkError({
    trouble: 'broken_answer',
    dingtalkCode: '',
    api: CALLS.readApproval.path,
    message: `status ${String(status)}, result ${String(outcome)}`,
  });
}

/** The order of the records is told nowhere: the last one that says what the state says counts. */
function settlementOf(
  result: Fields,
  state: InstanceState,
): { remark: string | null; settledBy: string | null } {
  if (state === 'running') return { remark: null, settledBy: null };
  const says = (item: Fields): boolean => textOf(item, 'result')?.toUpperCase() === DECISIONS[state];
  const record = listOf(result, 'operationRecords').findLast((item) => {
    const type = textOf(item, 'type') ?? '';
    return state === 'terminated'
      ? type === 'TERMINATE_PROCESS_INSTANCE'
      : type.startsWith('EXECUTE_TASK') && says(item);
  });
  const task = state === 'terminated' ? undefined : listOf(result, 'tasks').findLast(says);
  return {
    remark: record ? textOf(record, 'remark') : null,
    settledBy: (record && textOf(record, 'userId')) ?? (task ? textOf(task, 'userId') : null),
  };
}

const DECISIONS: Partial<Readonly<Record<InstanceState, string>>> = { agreed: 'AGREE', refused: 'REFUSE' };
