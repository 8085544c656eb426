// Runs one program and ends it when the process that started this one ends, also by SIGKILL: then the pipe at
// stdin closes. Its own session keeps a terminal's Ctrl-C away, so that the starter decides in which order to stop.
import { spawn, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';

const { command, args, cwd, pidFile, after, graceMs } = JSON.parse(process.argv[2]);
const starter = process.ppid;
/** A second sign of the starter's end, should something else hold the pipe open. */
const PARENT_POLL_MS = 500;

// A process group of its own, so that what the program started ends with it.
const child = spawn(command, args, { cwd, detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
if (pidFile !== undefined && child.pid !== undefined) writeFileSync(pidFile, String(child.pid));

let isStopping = false;
function stop() {
  if (isStopping) return;
  isStopping = true;
  signalGroup('SIGTERM');
  setTimeout(() => signalGroup('SIGKILL'), graceMs).unref();
}

function signalGroup(signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

function finish(code) {
  if (child.pid !== undefined) signalGroup('SIGKILL');
  if (pidFile !== undefined) rmSync(pidFile, { force: true });
  if (after !== undefined) spawnSync(after[0], after.slice(1), { stdio: 'ignore' });
  process.exit(code);
}

child.on('error', (error) => {
  process.stderr.write(`${command}: ${error.message}\n`);
  finish(127);
});
child.on('exit', (code, signal) => finish(code ?? (isStopping && signal === 'SIGTERM' ? 0 : 1)));
process.stdin.on('end', stop).on('error', stop).resume();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop);
setInterval(() => {
  if (process.ppid !== starter) stop();
}, PARENT_POLL_MS).unref();
