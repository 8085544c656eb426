/** Words of the sign-in, apart because it must stay small: it is the first script of a first visit. */
export const loginText = {
  'login.outside': '请在钉钉里打开',
  'login.outsideHint': '从钉钉工作台进入适岗，就能看到你的数据。',
  'login.failed': '没有登录成功',
  'login.failedHint': '数据没有丢失。请再试一次；仍不行请从工作台重新打开。',
  'login.timeout': '钉钉没有回应',
  'login.timeoutHint': '请再试一次，或关闭后从工作台重新打开。',
  'login.retry': '再试一次',
} as const;

/** Words of pulling a page down. */
export const refreshText = {
  'refresh.pull': '下拉刷新',
  'refresh.release': '松开刷新',
  'refresh.busy': '正在刷新',
} as const;
