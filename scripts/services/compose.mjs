// MySQL and Redis as containers: the last candidate, where a Docker engine answers.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLONE_HASH } from '../clone.mjs';
import { cleanEnv } from '../environment.mjs';
import { findProgram, run, startWatched, until } from '../processes.mjs';
import { tryMysql, tryRedis } from './trial.mjs';

const FILE = fileURLToPath(new URL('./compose.yml', import.meta.url));
/** Images may have to be fetched first. */
const START_MS = 10 * 60_000;
const CONTAINER_PORTS = { mysql: '3306', redis: '6379' };

/**
 * Starts one service of compose.yml. @param service 'mysql' | 'redis'
 * @returns {Promise<{url, version, engine?, stop}>} `stop` brings it down with its volumes
 */
export async function startContainer(service, folder, log) {
  const docker = findProgram('docker');
  if (docker === null) throw new Error('docker is not installed');
  const env = cleanEnv();
  const engine = await run(docker, ['info', '--format', '{{.ServerVersion}}'], { env, timeoutMs: 15_000 });
  if (engine.code !== 0) throw new Error('no Docker engine answers');
  const compose = ['compose', '-p', `shigang-${CLONE_HASH}-${process.pid}-${service}`, '-f', FILE];
  log(`Starting ${service} as a container …`);
  const server = startWatched({
    command: docker,
    args: [...compose, 'up', service],
    cwd: folder,
    env,
    logFile: join(folder, `${service}.log`),
    after: [docker, ...compose, 'down', '--volumes', '--timeout', '5'],
  });
  try {
    return { ...(await ready(server, service, { docker, compose, env })), stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function ready(server, service, { docker, compose, env }) {
  return until(
    async () => {
      if (server.hasExited()) throw Object.assign(new Error('docker compose ended'), { isFinal: true });
      const { stdout } = await run(docker, [...compose, 'port', service, CONTAINER_PORTS[service]], { env });
      const port = /:(\d+)\s*$/.exec(stdout)?.[1];
      if (port === undefined || port === '0') return undefined;
      const url = service === 'mysql' ? `mysql://root@127.0.0.1:${port}` : `redis://127.0.0.1:${port}`;
      return { url, ...(await (service === 'mysql' ? tryMysql(url) : tryRedis(url))) };
    },
    { timeoutMs: START_MS, everyMs: 500, what: `the ${service} container was not ready` },
  );
}
