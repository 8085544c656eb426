export type { PageInput, PageName } from '@shigang/miniapp/pages';
export type { DingTalkApp, PageAddress, RenderedPage, Renderer } from '@shigang/miniapp/renderer';
