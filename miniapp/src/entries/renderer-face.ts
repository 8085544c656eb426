import type { PageAddress } from '../staff/page-address.ts';
export type { PageAddress } from '../staff/page-address.ts';
import type { PageInput, PageName, StaffPage, StaffPageName } from '../staff/pages.ts';

/**
 * What the server may ask of the built renderer (dist/server/renderer.cjs). Nothing here reads a clock, a locale or a
 * file: the same input gives the same text.
 */
export interface Renderer {
  /** One policy for every HTML page of the app; its hashes belong to this build. */
  readonly contentSecurityPolicy: string;
  /** The table of staff pages. */
  readonly staffPages: Readonly<Record<StaffPageName, StaffPage>>;
  /** The staff page of a path with its query; null: none lives there. */
  pageAddress(target: string): PageAddress | null;
  /** What the page's endpoint is asked. */
  queryOf(address: PageAddress): Record<string, string>;
  /** The page with the answer of its endpoint. */
  pageOf(address: PageAddress, answer: object): PageInput;
  /** The whole document of a signed-in person's page. */
  document(input: PageInput): string;
  /** The whole document without a session: a skeleton, and the script that signs in through DingTalk. */
  firstVisit(page: PageName | 'desk', app: DingTalkApp): string;
  /** The whole document of HR's desk for a signed-in person; the desk fetches its own data. */
  desk(): string;
  /** For the answer to POST /api/v1/session: what replaces the skeleton. */
  fragment(input: PageInput): RenderedPage;
  /** The HTML inside `#root`. */
  render(input: PageInput): string;
  /** The skeleton inside `#root`. */
  skeleton(page: PageName | 'desk'): string;
}

/** Public identifiers of the DingTalk app, as the client's bridge wants them. */
export interface DingTalkApp {
  corpId: string;
  clientId: string;
}

/** A page inside a JSON answer. */
export interface RenderedPage {
  title: string;
  html: string;
  /** The data of a page that scripts take over; null for a page that needs none. */
  data: PageInput | null;
}
