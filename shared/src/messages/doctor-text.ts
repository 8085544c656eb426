/** What `doctor` says of rows that were given up, and what to do about each kind. */
export const doctorText = {
  'doctor.outboxWell': '最近 {days} 天没有放弃发送的消息',
  'doctor.inboxWell': '最近 {days} 天没有放弃处理的事件',
  'doctor.importsWell': '没有做到一半的导入',
  'doctor.failedImport': '{file}（{kind}，{actor}）多次失败，只存入了一部分',
  'doctor.dead': '{kind} {rows} 条：{error}',
  'doctor.noError': '没有留下原因',
  'doctor.fix.approval': '按原因补上权限或改好设置，再在 HR 工作台把退回的转岗重新提出。',
  'doctor.fix.development':
    '按原因补上权限或改好设置；因故障放弃的待办，课程到期前每天再试一次，被钉钉拒绝的要请 HR 转告本人。',
  'doctor.fix.notice': '按原因补上权限或改好设置，再在 HR 工作台“通知要看”里换个说法重发。',
  'doctor.fix.roster': '按原因补上权限或改好设置，再在钉钉花名册里手工调岗。',
  'doctor.fix.inbox': '按原因改好设置，再运行 npx shigang sync，把没有处理的变动补上。',
  'doctor.fix.imports': '按日志排除原因，再把同一个文件导入一次：已存入的不会重复，其余补齐。',
  'doctor.fix.other': '按原因处理；仍不行，请把这一行和日志交给开发者。',
} as const;
