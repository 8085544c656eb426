import type { Simulator, SimulatorOptions } from '../simulator.ts';
import { startSimulator } from '../simulator.ts';
import { demoOrg } from '../org/demo-org.ts';

type Json = Record<string, unknown>;

/** An answer as a client reads it. */
export interface Answered {
  status: number;
  text: string;
  body: Json;
}

/** The day of the demo, before anything happened on it. */
export const DEMO_NOW = '2026-10-12T09:30+08:00';

/** Calls a simulator as an app would, with the app's own token. */
export class DingTalkCaller {
  readonly simulator: Simulator;
  #token = '';

  constructor(simulator: Simulator) {
    this.simulator = simulator;
  }

  /** A simulator of the demo company in the documented forms, unless the options say otherwise. */
  static async start(options: Partial<SimulatorOptions> = {}): Promise<DingTalkCaller> {
    const caller = new DingTalkCaller(
      await startSimulator({ org: demoOrg(), now: DEMO_NOW, variationSeed: null, ...options }),
    );
    await caller.login();
    return caller;
  }

  async login(): Promise<string> {
    const { clientId, clientSecret } = this.simulator;
    const answer = await this.get(`/gettoken?appkey=${clientId}&appsecret=${clientSecret}`);
    this.#token = String(answer.body.access_token);
    return this.#token;
  }

  /** Uses another token from now on. */
  useToken(token: string): void {
    this.#token = token;
  }

  #url(path: string): string {
    const url = new URL(path, this.simulator.oapiBase);
    if (!path.startsWith('/v1.0/') && this.#token !== '') url.searchParams.set('access_token', this.#token);
    return url.href;
  }

  #headers(): Record<string, string> {
    return { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': this.#token };
  }

  async get(path: string): Promise<Answered> {
    return read(await fetch(this.#url(path), { headers: this.#headers() }));
  }

  async post(path: string, body: unknown = {}): Promise<Answered> {
    return this.#send('POST', path, body);
  }

  async put(path: string, body: unknown): Promise<Answered> {
    return this.#send('PUT', path, body);
  }

  async delete(path: string): Promise<Answered> {
    return read(await fetch(this.#url(path), { method: 'DELETE', headers: this.#headers() }));
  }

  async #send(method: string, path: string, body: unknown): Promise<Answered> {
    return read(
      await fetch(this.#url(path), { method, headers: this.#headers(), body: JSON.stringify(body) }),
    );
  }

  async unionIdOf(userid: string): Promise<string> {
    const { body } = await this.post('/topapi/v2/user/get', { userid });
    return (body.result as { unionid: string }).unionid;
  }

  /** The same in a form, as the old host's samples send it. */
  async postForm(path: string, fields: Record<string, string>): Promise<Answered> {
    return read(await fetch(this.#url(path), { method: 'POST', body: new URLSearchParams(fields) }));
  }

  async control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answered> {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { 'content-type': 'application/json' };
    return read(await fetch(`${this.simulator.apiBase}/_sim${path}`, { method, headers, ...init }));
  }
}

async function read(answer: Response): Promise<Answered> {
  const text = await answer.text();
  return { status: answer.status, text, body: text.startsWith('{') ? (JSON.parse(text) as Json) : {} };
}
