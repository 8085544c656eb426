import type { Context } from 'koa';
import type { World } from '../world.ts';

/** A control request that makes no sense as it is; the sentence is for the caller. */
export class ControlError extends Error {
  readonly status: number;
  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

/** The body of a control request, an object whatever came. */
export const controlBody = (ctx: Context): Record<string, unknown> => {
  if (ctx.state.isBodyUnreadable === true) throw new ControlError('请求体不是合法的 JSON');
  const body: unknown = ctx.request.body;
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? (body as Record<string, unknown>)
    : {};
};

/** @throws ControlError 404 unless the person is in the address book today */
export function presentUserId(world: World, value: unknown): string {
  const person = typeof value === 'string' ? world.directory.person(value) : undefined;
  if (person === undefined) throw new ControlError(`没有 ${String(value)} 这个人`, 404);
  if (!world.directory.isPresent(person))
    throw new ControlError(`${person.name}（${person.userid}）不在职`, 404);
  return person.userid;
}
