/** Where a link of a message leads, and whether its sender wanted it beside the chat on a desktop. */
export interface UnwrappedLink {
  url: string;
  /** `pc_slide=true`: the desktop client opens it in its side panel. */
  isSlide: boolean;
}

/** Links wrap one another once or twice; more is a mistake. */
const MOST_LAYERS = 4;
const ORGANISATION_PLACEHOLDER = '$CORPID$';

/**
 * Takes DingTalk's own wrappers off a link: `page/link?url=`, `action/openapp?redirect_url=`,
 * `action/open_platform_link?mobileLink=&pcLink=`.
 *
 * @param form which of the two addresses a link with one per platform means
 */
export function unwrapLink(link: string, form: 'phone' | 'pc', corpId: string): UnwrappedLink {
  let url = link.trim();
  let isSlide = false;
  for (let layer = 0; layer < MOST_LAYERS && url.startsWith('dingtalk:'); layer += 1) {
    const query = new URL(url).searchParams;
    if (query.get('pc_slide') === 'true') isSlide = true;
    const platform = form === 'pc' ? query.get('pcLink') : query.get('mobileLink');
    const inner = query.get('url') ?? query.get('redirect_url') ?? platform ?? query.get('mobileLink');
    if (inner === null) break;
    url = inner;
  }
  return { url: url.replaceAll(ORGANISATION_PLACEHOLDER, corpId), isSlide };
}
