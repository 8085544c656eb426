// The demo's surroundings: servers, an empty database, the DingTalk simulator, the public command line, and at the
// end server and worker. Everything started here is ended by close().
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { CLONE_HASH, LOCAL, ROOT, openRunFolder, readText } from '../clone.mjs';
import { databaseUrl, dropDatabase, recreateDatabase, removeKeys } from '../databases.mjs';
import { cleanEnv } from '../environment.mjs';
import { freePort, isAlive, run, startWatched, until } from '../processes.mjs';
import { openServices } from '../services/index.mjs';

const DATABASE = `shigang_demo_${CLONE_HASH}`;
const REDIS_PREFIX = `{shigang-${CLONE_HASH}}`;
const ENV_FILE = join(LOCAL, 'env');
const LAUNCHER = join(ROOT, 'jobs', 'bin', 'shigang.js');
const PREFERRED_PORTS = { app: 7001, simulator: 7002 };
const START_MS = 30_000;
const LOG_LINES = 15;

/**
 * @param options.signal aborted when the demo shall end
 * @param options.startsAt instant at which the business clock of product and simulator starts
 * @returns the house: {env, urls, shigang(args), simulator(path, body), until(attempt, options),
 *   startApp(), ended(), logTail(), close()}
 */
export async function openHouse({ signal, startsAt }) {
  refuseSecond();
  const folder = openRunFolder();
  const house = new House(folder, { signal, startsAt });
  try {
    await house.open();
    return house;
  } catch (error) {
    const tail = house.logTail();
    await house.close();
    throw tail === '' ? error : new Error(`${error.message}\n${tail}`);
  }
}

/** Two demos of one clone would share database and ports. */
function refuseSecond() {
  const pid = Number(/^SHIGANG_DEMO_PID=(\d+)$/m.exec(readText(ENV_FILE))?.[1] ?? 0);
  if (pid > 0 && isAlive(pid)) throw new Error(`A demo of this clone is running already (process ${pid}).`);
  rmSync(ENV_FILE, { force: true });
}

class House {
  #folder;
  #signal;
  #startsAt;
  #services;
  #processes = [];
  env = {};
  urls = {};

  constructor(folder, { signal, startsAt }) {
    this.#folder = folder;
    this.#signal = signal;
    this.#startsAt = startsAt;
  }

  async open() {
    this.#services = await openServices(this.#folder);
    const { mysql, redis } = this.#services;
    await recreateDatabase(mysql.url, DATABASE);
    await removeKeys(redis.url, REDIS_PREFIX);
    console.log(`Starting from an empty database (${DATABASE}) and a fresh simulator.`);
    const [appPort, simulatorPort] = [
      await portFrom(PREFERRED_PORTS.app),
      await portFrom(PREFERRED_PORTS.simulator),
    ];
    this.urls.app = `http://127.0.0.1:${appPort}`;
    this.env = cleanEnv({
      DATABASE_URL: databaseUrl(mysql.url, DATABASE),
      REDIS_URL: redis.url,
      SHIGANG_REDIS_PREFIX: REDIS_PREFIX,
      SHIGANG_COOKIE_NAME: `shigang_${CLONE_HASH}`,
      PORT: String(appPort),
      PUBLIC_URL: this.urls.app,
      SESSION_SECRET: randomBytes(24).toString('base64url'),
      BUSINESS_NOW: this.#startsAt,
      DINGTALK_EVENT_MODE: 'stream',
      LOG_LEVEL: 'warn',
    });
    await this.shigang(['migrate']);
    await this.#startSimulator(simulatorPort);
    this.#writeEnvFile();
  }

  async #startSimulator(port) {
    const hook = `"${process.execPath}" "${LAUNCHER}" tick --until`;
    const args = ['simulator', '--port', String(port), '--org', 'demo', '--now', this.#startsAt, '--json'];
    const simulator = this.#start('simulator', [...args, '--app', this.urls.app, '--on-clock', hook], {
      piped: true,
    });
    const answer = await firstDocument(simulator);
    this.urls.simulator = answer.consoleUrl;
    this.urls.simulatorApi = answer.apiBase;
    Object.assign(this.env, {
      DINGTALK_CORP_ID: answer.corpId,
      DINGTALK_CLIENT_ID: answer.clientId,
      DINGTALK_CLIENT_SECRET: answer.clientSecret,
      DINGTALK_AGENT_ID: String(answer.agentId),
      DINGTALK_API_BASE: answer.apiBase,
      DINGTALK_OAPI_BASE: answer.oapiBase,
    });
  }

  /** Lets `npx shigang …` in another terminal find this demo while it runs. */
  #writeEnvFile() {
    const own = Object.entries(this.env).filter(([name]) => !(name in cleanEnv()));
    const lines = [['SHIGANG_DEMO_PID', process.pid], ...own].map(([name, value]) => `${name}=${value}`);
    writeFileSync(ENV_FILE, `${lines.join('\n')}\n`, { mode: 0o600 });
  }

  /** Runs a command of the public command line. @returns its JSON document */
  async shigang(args) {
    this.#signal.throwIfAborted();
    const options = { cwd: ROOT, env: this.env, signal: this.#signal };
    const { code, stdout, stderr } = await run(process.execPath, [LAUNCHER, ...args, '--json'], options);
    this.#signal.throwIfAborted();
    if (code !== 0) throw new Error(`shigang ${args.join(' ')} failed:\n${stdout}${stderr}`);
    return JSON.parse(stdout);
  }

  /** A control call of the simulator below /_sim: `GET`, or `POST` when there is a body. @returns its answer */
  async simulator(path, body) {
    this.#signal.throwIfAborted();
    const answer = await fetch(new URL(`/_sim${path}`, this.urls.simulatorApi), {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json' },
      signal: this.#signal,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`the simulator's ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** Asks like {@link until}; ends at once when the demo shall end. */
  until(attempt, options) {
    const guarded = () => {
      if (this.#signal.aborted) throw Object.assign(new Error('stopped'), { isFinal: true });
      return attempt();
    };
    return until(guarded, options);
  }

  /** Starts server and worker and waits until the server answers. */
  async startApp() {
    this.#start('worker', ['worker']);
    const server = this.#start('serve', ['serve']);
    await this.until(
      async () => {
        if (server.hasExited()) throw Object.assign(new Error('it ended'), { isFinal: true });
        const answer = await fetch(`${this.urls.app}/readyz`);
        return answer.ok ? true : undefined;
      },
      { timeoutMs: START_MS, what: 'the server was not ready' },
    );
  }

  #start(name, args, { piped = false } = {}) {
    const logFile = join(this.#folder.path, `${name}.log`);
    const watched = startWatched({
      command: process.execPath,
      args: [LAUNCHER, ...args],
      cwd: ROOT,
      env: this.env,
      logFile,
      pidFile: join(this.#folder.path, `${name}.pid`),
      piped,
    });
    this.#processes.push({ name, ...watched });
    return watched;
  }

  /** Resolves with a sentence when one of the processes ends by itself. */
  ended() {
    return Promise.race(
      this.#processes.map(({ name, exited }) =>
        exited.then((code) => `${name} ended with exit code ${code}.`),
      ),
    );
  }

  /** The last lines of every log, for whoever has to find out what went wrong. */
  logTail() {
    if (!existsSync(this.#folder.path)) return '';
    return readdirSync(this.#folder.path)
      .filter((file) => file.endsWith('.log'))
      .map((file) => [file, readFileSync(join(this.#folder.path, file), 'utf8').trim()])
      .filter(([, text]) => text !== '')
      .map(([file, text]) => `--- ${file}\n${text.split('\n').slice(-LOG_LINES).join('\n')}`)
      .join('\n');
  }

  /** Ends everything, the last started first, and removes what was made. */
  async close() {
    for (const { stop } of this.#processes.splice(0).reverse()) await stop();
    rmSync(ENV_FILE, { force: true });
    if (this.#services) {
      const { mysql, redis, stop } = this.#services;
      await dropDatabase(mysql.url, DATABASE).catch(() => {});
      await removeKeys(redis.url, REDIS_PREFIX).catch(() => {});
      await stop();
    }
    this.#folder.remove();
  }
}

/** The usual port where it is free, so that addresses in the README fit; any other where it is not. */
async function portFrom(preferred) {
  return (await freePort(preferred).catch(() => null)) ?? freePort();
}

/** The one JSON document that the simulator prints when it is ready. */
function firstDocument(simulator) {
  const lines = createInterface({ input: simulator.stdout });
  let text = '';
  const read = new Promise((resolve) => {
    lines.on('line', (line) => {
      text += line;
      try {
        resolve(JSON.parse(text));
      } catch {
        // The document goes on in the next line.
      }
    });
  });
  const failed = simulator.exited.then((code) => {
    throw new Error(`The simulator ended with exit code ${code}.`);
  });
  return Promise.race([read, failed]);
}
