import type { World } from '../world.ts';
import type { ClientForm } from './bridge-script.ts';
import { unwrapLink } from './links.ts';
import { PersonOrigin } from './person-origin.ts';

/** The simulator has not been told where the product is, and the link does not say. */
export class NoAppError extends Error {}

export interface OpenRequest {
  userid: string;
  /** A link of a message; absent: the app's home page. */
  link?: string | undefined;
  /** Absent: the desktop client for HR, HR administrators and auditors, else the phone. */
  form?: ClientForm | undefined;
}

export interface OpenedPage {
  /** On the person's own origin, or the link itself if it leads out of the app. */
  url: string;
  form: ClientForm;
  isApp: boolean;
}

/** Roles whose holders sit at a desk. */
const DESK_ROLES = ['HR', 'HR管理员', '审计'];

/** Everybody's DingTalk client: opened when first needed, one origin per person. */
export class FakeClient {
  readonly #world: World;
  readonly #origins = new Map<string, Promise<PersonOrigin>>();
  #app: URL | undefined;

  constructor(world: World, appUrl: string | undefined) {
    this.#world = world;
    if (appUrl !== undefined) this.useApp(appUrl);
  }

  get appUrl(): string | undefined {
    return this.#app?.href;
  }

  /** @throws RangeError when the text is no http(s) address */
  useApp(url: string): void {
    const app = URL.canParse(url) ? new URL(url) : undefined;
    if (app === undefined || !/^https?:$/.test(app.protocol)) throw new RangeError(`不是应用的网址：${url}`);
    const isOther = this.#app !== undefined && this.#app.origin !== app.origin;
    this.#app = app;
    if (isOther) for (const opening of this.#origins.values()) void opening.then((origin) => origin.forget());
  }

  /**
   * Opens a page as the person. Without a known product the first link's own address is taken for it.
   *
   * @throws NoAppError when there is neither
   */
  async open({ userid, link, form: wanted }: OpenRequest): Promise<OpenedPage> {
    const form = wanted ?? this.#usualForm(userid);
    const target = link === undefined ? undefined : unwrapLink(link, form, this.#world.credentials.corpId);
    if (target !== undefined && !URL.canParse(target.url)) throw new NoAppError(`不是网址：${target.url}`);
    if (this.#app === undefined && target !== undefined) this.useApp(new URL(target.url).origin);
    const app = this.#app;
    if (app === undefined)
      throw new NoAppError('还不知道应用的网址：请先发一条工作通知，或用 POST /_sim/app 告诉模拟钉钉');
    const url = new URL(target?.url ?? app.href);
    const origin = await this.#originOf(userid);
    // A page that asks for one of its own links names the person's origin.
    if (url.origin !== app.origin && url.origin !== origin.origin)
      return { url: url.href, form, isApp: false };
    origin.use(form);
    return { url: `${origin.origin}${url.href.slice(url.origin.length)}`, form, isApp: true };
  }

  #usualForm(userid: string): ClientForm {
    const roles = this.#world.directory.rolesOf(userid);
    return roles.some((role) => DESK_ROLES.includes(role.name)) ? 'pc' : 'phone';
  }

  #originOf(userid: string): Promise<PersonOrigin> {
    const known = this.#origins.get(userid);
    if (known !== undefined) return known;
    const opening = this.#newOrigin(userid);
    this.#origins.set(userid, opening);
    return opening;
  }

  async #newOrigin(userid: string): Promise<PersonOrigin> {
    const { directory, tokens, credentials, clock } = this.#world;
    const origin = new PersonOrigin({
      userid,
      corpId: credentials.corpId,
      clock,
      authCode: () => {
        const person = directory.person(userid);
        return person !== undefined && directory.isPresent(person) ? tokens.authCode(userid) : undefined;
      },
      app: () => this.#app ?? new URL('http://127.0.0.1/'),
    });
    await origin.open();
    return origin;
  }

  async close(): Promise<void> {
    const origins = await Promise.all(this.#origins.values());
    await Promise.all(origins.map((origin) => origin.close()));
  }
}
