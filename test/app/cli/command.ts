import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { House } from '../../support/house.ts';

const HOLOTYPE = resolve(import.meta.dirname, '../../../bin/holotype.js');
const running = new Set<ChildProcess>();

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Record<string, string | undefined>;

/** What the command reads of the environment comes from the test alone. */
function clean(environment: Environment): NodeJS.ProcessEnv {
  const {
    HOLOTYPE_SERVER,
    HOLOTYPE_TOKEN,
    HOLOTYPE_DATA_DIR,
    HOLOTYPE_BLOBS,
    DATABASE_URL,
    PORT,
    HOST,
    ...rest
  } = process.env;
  return { ...rest, ...environment };
}

function start(args: readonly string[], environment: Environment, cwd?: string): ChildProcess {
  const child = spawn(process.execPath, [HOLOTYPE, ...args], {
    env: clean(environment),
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Runs a command to its end, in a process of its own. */
export async function holotype(
  args: readonly string[],
  options: { environment?: Environment; cwd?: string; started?: (child: ChildProcess) => void } = {},
): Promise<Outcome> {
  const child = start(args, options.environment ?? {}, options.cwd);
  options.started?.(child);
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]!.setEncoding('utf8').on('data', (chunk: string) => {
      text[stream] += chunk;
    });
  const status = await new Promise<number | null>((done) => child.once('close', done));
  return { status, ...text };
}

/** Runs commands against a house, as its administrator. */
export function commandsOf(house: House, environment: Environment = {}) {
  return (...args: string[]) =>
    holotype(args, {
      environment: { HOLOTYPE_SERVER: house.url, HOLOTYPE_TOKEN: house.token, ...environment },
    });
}

export interface Served {
  readonly url: string;
  readonly child: ChildProcess;
  /** Every line printed so far. */
  readonly lines: readonly string[];
  /** Ends the process and resolves with its exit status, null for a signal's. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts `holotype serve` and waits until it listens. */
export async function serveProcess(args: readonly string[], environment: Environment = {}): Promise<Served> {
  const child = start(['serve', '--port', '0', ...args], { HOLOTYPE_PROBE_THREADS: '1', ...environment });
  const lines: string[] = [];
  let complaint = '';
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    complaint += chunk;
  });
  const exited = new Promise<number | null>((done) => child.once('exit', done));
  const url = await new Promise<string>((found, failed) => {
    child.once('exit', () => failed(new Error(complaint)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      lines.push(line);
      const match = /listens at (http:\S+)/.exec(line);
      if (match) found(match[1]!);
    });
  });
  return {
    url,
    child,
    lines,
    end(signal) {
      child.kill(signal);
      return exited;
    },
  };
}

/** Whatever a failed test left running. */
export function killLeftovers(): void {
  for (const child of running) child.kill('SIGKILL');
}
