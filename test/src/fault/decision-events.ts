import type { DecisionHouse } from '../harness/decision-house.ts';
import { until } from '../harness/until.ts';

/** Opens the Stream of a house as its worker does; resolves when DingTalk has it. */
export async function openEvents(house: DecisionHouse): Promise<{ close(): Promise<void> }> {
  const { modules, platform, dingtalk } = house;
  const stream = platform.dingtalk.openStream((event) => modules.inboxReader.receive(event));
  await until('the Stream', async () => {
    const { connections } = await dingtalk.control<{ connections: unknown[] }>('/events');
    return connections.length > 0 ? true : undefined;
  });
  return stream;
}
