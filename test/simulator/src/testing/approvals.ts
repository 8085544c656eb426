import type { Answered, DingTalkCaller } from './dingtalk-caller.ts';

/** A form with a day, a text and a choice. */
export const formOf = (name: string) => ({
  name,
  description: '销售岗位调整审批',
  formComponents: [
    {
      componentType: 'DDDateField',
      props: {
        componentId: 'DDDateField_A',
        label: '调整日期',
        required: true,
        unit: '天',
        format: 'yyyy-MM-dd',
      },
    },
    {
      componentType: 'TextareaField',
      props: { componentId: 'TextareaField_B', label: '原因', placeholder: '请输入' },
    },
    {
      componentType: 'DDSelectField',
      props: {
        componentId: 'DDSelectField_C',
        label: '类型',
        options: [
          { key: 'option_0', value: '转岗' },
          { key: 'option_1', value: '培训' },
        ],
      },
    },
  ],
});

/** @returns the form's process code */
export async function saveForm(caller: DingTalkCaller, name: string): Promise<string> {
  const { body } = await caller.post('/v1.0/workflow/forms', formOf(name));
  return (body.result as { processCode: string }).processCode;
}

/** HR starts it about 张三, 陈立 is asked, unless the fields say otherwise. */
export const startApproval = (
  caller: DingTalkCaller,
  processCode: string,
  fields: Record<string, unknown> = {},
): Promise<Answered> =>
  caller.post('/v1.0/workflow/processInstances', {
    processCode,
    originatorUserId: 'hr01',
    microappAgentId: caller.simulator.agentId,
    approvers: [{ actionType: 'NONE', userIds: ['mgr01'] }],
    ccList: ['hr02'],
    ccPosition: 'FINISH',
    formComponentValues: [
      { name: '调整日期', value: '2026-11-01' },
      { name: '原因', value: '能力与岗位匹配' },
      { name: '类型', value: '转岗' },
    ],
    ...fields,
  });
