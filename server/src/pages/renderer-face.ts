export type { PageInput, PageName } from '@shigang/miniapp/pages';
export type { DingTalkApp, RenderedPage, Renderer } from '@shigang/miniapp/renderer';
