import { dayName } from './format.ts';

export interface TrainingTodoFacts {
  readonly courses: readonly { readonly course: string; readonly dimensionName: string }[];
  /** Days in Shanghai. */
  readonly plannedOn: string;
  readonly dueOn: string;
}

/** Subject and description of the to-do of a training plan. The subject is seen on a locked screen: no score in it. */
export function trainingTodo(facts: TrainingTodoFacts): { subject: string; description: string } {
  const due = dayName(facts.dueOn, facts.plannedOn);
  const names = facts.courses.map(({ course }) => `《${course}》`);
  const lines = facts.courses.map(({ course, dimensionName }) => `《${course}》：提升${dimensionName}`);
  return {
    subject: `培训计划：${names.join('、')}，请在 ${due}前完成`,
    description: [...lines, '全部通过之后，下一次盘点会重新评估。'].join('\n'),
  };
}

/** What HR reads of a to-do that is not there. */
export const todoDetails = {
  noUnionId: '钉钉没有给出本人的 unionId，待办没有发出',
  noCreator: '没有在职的人力资源人员可以发出待办',
  unknownId: '待办已在钉钉里，但不知道它的编号，不能由系统勾选或删除',
} as const;
