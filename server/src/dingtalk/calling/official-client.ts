import type * as ContactFile from '@alicloud/dingtalk/dist/contact_1_0/client.js';
import type * as HrmFile from '@alicloud/dingtalk/dist/hrm_1_0/client.js';
import type * as OauthFile from '@alicloud/dingtalk/dist/oauth2_1_0/client.js';
import type * as TodoFile from '@alicloud/dingtalk/dist/todo_1_0/client.js';
import type * as WorkflowFile from '@alicloud/dingtalk/dist/workflow_1_0/client.js';
import type * as ConfigFile from '@alicloud/openapi-client';
import type * as RuntimeFile from '@alicloud/tea-util';
import { newFailure, isFields, type Fields } from './answer.ts';
import type { ApiCall } from './calls.ts';
import { DingTalkError } from './errors.ts';

/*
 * DingTalk's own client for the /v1.0 calls. One file per API family is loaded, and only when its first call is made:
 * the package's index loads every API there is (see docs/dingtalk.md for the cost of both).
 */
type OauthModule = (typeof OauthFile)['default'];
type HrmModule = (typeof HrmFile)['default'];
type ContactModule = (typeof ContactFile)['default'];
type WorkflowModule = (typeof WorkflowFile)['default'];
type TodoModule = (typeof TodoFile)['default'];
type ConfigModule = typeof ConfigFile;
type RuntimeModule = (typeof RuntimeFile)['default'];

interface Family<Module> {
  readonly module: Module;
  readonly runtime: InstanceType<RuntimeModule['RuntimeOptions']>;
}

/** Opens the client files against one host, each once. */
export class OfficialClients {
  readonly #base: URL;
  readonly #deadlineMs: number;

  constructor(apiBase: string, deadlineMs: number) {
    this.#base = new URL(apiBase);
    this.#deadlineMs = deadlineMs;
  }

  async oauth(): Promise<Family<OauthModule> & { client: InstanceType<OauthModule['default']> }> {
    const module = commonJs<OauthModule>(await import('@alicloud/dingtalk/dist/oauth2_1_0/client.js'));
    return { module, client: new module.default(await this.#config()), runtime: await this.#runtime() };
  }

  async hrm(): Promise<Family<HrmModule> & { client: InstanceType<HrmModule['default']> }> {
    const module = commonJs<HrmModule>(await import('@alicloud/dingtalk/dist/hrm_1_0/client.js'));
    return { module, client: new module.default(await this.#config()), runtime: await this.#runtime() };
  }

  async contact(): Promise<Family<ContactModule> & { client: InstanceType<ContactModule['default']> }> {
    const module = commonJs<ContactModule>(await import('@alicloud/dingtalk/dist/contact_1_0/client.js'));
    return { module, client: new module.default(await this.#config()), runtime: await this.#runtime() };
  }

  async workflow(): Promise<Family<WorkflowModule> & { client: InstanceType<WorkflowModule['default']> }> {
    const module = commonJs<WorkflowModule>(await import('@alicloud/dingtalk/dist/workflow_1_0/client.js'));
    return { module, client: new module.default(await this.#config()), runtime: await this.#runtime() };
  }

  async todo(): Promise<Family<TodoModule> & { client: InstanceType<TodoModule['default']> }> {
    const module = commonJs<TodoModule>(await import('@alicloud/dingtalk/dist/todo_1_0/client.js'));
    return { module, client: new module.default(await this.#config()), runtime: await this.#runtime() };
  }

  async #config(): Promise<InstanceType<ConfigModule['Config']>> {
    const { Config } = commonJs<ConfigModule>(await import('@alicloud/openapi-client'));
    return new Config({
      protocol: this.#base.protocol.replace(':', ''),
      regionId: 'central',
      endpoint: this.#base.host,
    });
  }

  async #runtime(): Promise<InstanceType<RuntimeModule['RuntimeOptions']>> {
    const { RuntimeOptions } = commonJs<RuntimeModule>(await import('@alicloud/tea-util'));
    // Repeats are ours; a silent server is noticed by whichever of the two runs out first.
    return new RuntimeOptions({
      autoretry: false,
      readTimeout: this.#deadlineMs,
      connectTimeout: this.#deadlineMs,
    });
  }
}

/** In ESM a CommonJS module arrives as `default`; under jest (CommonJS) it arrives as itself. */
function commonJs<Module>(imported: unknown): Module {
  const namespace = imported as { default?: unknown };
  return (
    typeof namespace.default === 'object' && namespace.default !== null ? namespace.default : namespace
  ) as Module;
}

/** Runs one call of the official client and turns its four kinds of failure into ours. @returns the answer's body */
export async function official<Body>(call: ApiCall, send: () => Promise<{ body?: Body }>): Promise<Body> {
  try {
    const { body } = await send();
    if (!isFields(body)) throw broken(call, 'no body');
    return body;
  } catch (cause) {
    throw cause instanceof DingTalkError ? cause : failureOf(call, cause);
  }
}

function failureOf(call: ApiCall, cause: unknown): DingTalkError {
  const { code, data, message } = cause as { code?: unknown; data?: unknown; message?: unknown };
  const body: Fields = isFields(data) ? data : {};
  const status = Number(body['statusCode'] ?? 0);
  if (status > 0 && typeof code === 'string') {
    const said = { ...body, code, message: body['message'] ?? message };
    return newFailure({ api: call.path, status, text: '', permission: call.permission }, said, cause);
  }
  // A SyntaxError is HTML or a body cut short; the rest are resets, time-outs and refused connections.
  if (cause instanceof SyntaxError || cause instanceof TypeError) return broken(call, String(message), cause);
  return new DingTalkError({
    trouble: 'no_answer',
    dingtalkCode: typeof code === 'string' ? code : '',
    api: call.path,
    message: String(message),
    cause,
  });
}

const broken = (call: ApiCall, message: string, cause?: unknown): DingTalkError =>
  new DingTalkError({ trouble: 'broken_answer', dingtalkCode: '', api: call.path, message, cause });
