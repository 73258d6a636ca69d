import type { Worker } from 'node:worker_threads';
import { DomainError } from '../kernel/errors.ts';
import type { SessionAnswer, SessionRequest } from './serve-sessions.ts';
import { startThread } from './thread.ts';

/** Long pure computations beside the event loop: one thread for each entry, started at first use and kept. */
export interface ComputeThread {
  /** Opens a session in the thread that runs `entry`; its messages are handled in order. */
  open(entry: URL): Promise<ComputeSession>;
  close(): Promise<void>;
}

export interface ComputeSession {
  /**
   * Sends one message and resolves with the entry's answer to it.
   * @throws DomainError as the entry threw it, and UNAVAILABLE where the thread has died
   */
  ask<A>(message: unknown, transfer?: readonly ArrayBuffer[]): Promise<A>;
  /** Forgets the session's state in the thread. */
  end(): void;
}

interface Asked {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** JavaScript heap of one thread in MiB; typed arrays are not in it. */
const HEAP_MEGABYTES = 4096;

export function computeThread(): ComputeThread {
  const threads = new Map<string, RunningThread>();
  let isClosed = false;
  return {
    async open(entry) {
      if (isClosed) throw new DomainError('UNAVAILABLE', 'The server is stopping; nothing more is computed.');
      const held = threads.get(entry.href);
      const thread = held?.isAlive() ? held : runningThread(entry);
      threads.set(entry.href, thread);
      return thread.open();
    },
    async close() {
      isClosed = true;
      await Promise.all([...threads.values()].map((thread) => thread.end()));
    },
  };
}

interface RunningThread {
  isAlive(): boolean;
  open(): Promise<ComputeSession>;
  end(): Promise<unknown>;
}

function runningThread(entry: URL): RunningThread {
  const worker = startThread(entry, null, { maxOldGenerationSizeMb: HEAP_MEGABYTES });
  const post = posting(worker);
  let sessions = 0;
  return {
    isAlive: () => post.isAlive(),
    end: () => worker.terminate(),
    async open() {
      const session = sessions++;
      await post.ask((ask) => ({ kind: 'OPEN', session, ask }));
      return {
        ask: <A>(message: unknown, transfer?: readonly ArrayBuffer[]) =>
          post.ask((ask) => ({ kind: 'ASK', session, ask, message }), transfer) as Promise<A>,
        end: () => worker.postMessage({ kind: 'END', session } satisfies SessionRequest),
      };
    },
  };
}

/** Pairs each request with its answer; the death of the thread is the answer to all that are open. */
function posting(worker: Worker) {
  const open = new Map<number, Asked>();
  let asks = 0;
  let cause = 'it ended';
  let isAlive = true;
  const died = () => new DomainError('UNAVAILABLE', `The computing thread died: ${cause}. Ask again.`);
  worker.on('message', (answer: SessionAnswer) => {
    const asked = open.get(answer.ask)!;
    open.delete(answer.ask);
    if ('answer' in answer) asked.resolve(answer.answer);
    else asked.reject(asError(answer.error));
  });
  worker.on('error', ({ message }: Error) => {
    cause = message;
  });
  worker.on('exit', () => {
    isAlive = false;
    for (const asked of open.values()) asked.reject(died());
    open.clear();
  });
  return {
    isAlive: () => isAlive,
    async ask(request: (ask: number) => SessionRequest, transfer: readonly ArrayBuffer[] = []) {
      if (!isAlive) throw died();
      const ask = asks++;
      worker.postMessage(request(ask), transfer);
      return new Promise<unknown>((resolve, reject) => open.set(ask, { resolve, reject }));
    },
  };
}

function asError({ code, message, reasons }: Extract<SessionAnswer, { error: unknown }>['error']): Error {
  return code === null ? new Error(message) : new DomainError(code, message, reasons);
}
