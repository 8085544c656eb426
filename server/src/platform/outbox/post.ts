/** What travels independently: news inside the house never waits behind a slow or limited call to DingTalk. */
export const lanes = ['house', 'dingtalk'] as const;
export type Lane = (typeof lanes)[number];

/** Widths of the columns `kind` and `business_key`. */
const LONGEST = { kind: 96, businessKey: 160 };

/** One kind of what leaves a transaction: declared once, with the type of what it carries and of what sending it came to. */
export interface Post<Payload extends object = object, Result extends object = object> {
  readonly kind: string;
  readonly lane: Lane;
  /** What makes a row of this kind the only one of its cause: at most one ever exists per kind and key. */
  key(payload: Payload): string;
  /** Only there to carry the types. */
  readonly types?: { readonly payload: Payload; readonly result: Result };
}

/** Declares a kind of post to DingTalk, or of another `lane`. @throws Error on a kind that does not fit its column */
export const declarePost =
  <Payload extends object, Result extends object>() =>
  (post: {
    readonly kind: string;
    readonly lane?: Lane;
    key(payload: Payload): string;
  }): Post<Payload, Result> => {
    if (post.kind.length > LONGEST.kind) throw new Error(`the kind ${post.kind} is too long`);
    return { lane: 'dingtalk', ...post };
  };

/** The one key of a row. @throws Error when it does not fit its column */
export function businessKeyOf(post: Pick<Post, 'kind'>, key: string): string {
  const businessKey = `${post.kind}/${key}`;
  if (businessKey.length > LONGEST.businessKey) throw new Error(`the key ${businessKey} is too long`);
  return businessKey;
}
