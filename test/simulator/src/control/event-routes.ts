import type Router from '@koa/router';
import { readReplay } from '../events/disturbance.ts';
import type { World } from '../world.ts';
import { ControlError, controlBody } from './control-body.ts';

/** Events: what was pushed and how, disturbances, and the end of connections. */
export function addEventRoutes(router: Router, world: World): void {
  router.get('/events', (ctx) => {
    ctx.body = {
      events: world.events.entries(),
      disturbances: world.events.disturbances(),
      connections: world.gate.entries(),
      pushes: world.pushQuota.state(),
    };
  });
  router.post('/events/replay', (ctx) => {
    ctx.body = { pushed: replay(world, controlBody(ctx)), disturbances: world.events.disturbances() };
  });
  router.post('/events/disconnect', (ctx) => {
    ctx.body = { ending: world.gate.disconnectAll('connection is expired') };
  });
}

function replay(world: World, body: Record<string, unknown>): string[] {
  try {
    return world.events.replay(readReplay(body));
  } catch (error) {
    throw error instanceof RangeError ? new ControlError(error.message) : error;
  }
}
