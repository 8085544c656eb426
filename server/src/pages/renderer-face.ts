export type { DingTalkApp, PageInput, PageName, RenderedPage, Renderer } from '@shigang/miniapp/renderer';
