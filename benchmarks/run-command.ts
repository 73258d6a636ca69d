import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface CommandRun {
  readonly seconds: number;
  /** Largest resident set of the process, in bytes. */
  readonly peak: number;
  readonly stdout: string;
}

/** Runs a command to its end; throws what it said where it fails. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: { cwd?: string; environment?: Record<string, string> } = {},
): Promise<CommandRun> {
  const start = performance.now();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      text[stream] += chunk;
    });
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid!));
  }, 50);
  const status = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  clearInterval(timer);
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${text.stderr.slice(-2000)}`);
  return { seconds: (performance.now() - start) / 1000, peak, stdout: text.stdout };
}

/** `VmHWM` of a running process; 0 where the system does not tell. */
function peakOf(pid: number): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}
