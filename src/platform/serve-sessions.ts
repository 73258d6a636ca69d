import { parentPort } from 'node:worker_threads';
import { type ErrorCode, isDomainError, type Reason } from '../kernel/errors.ts';

export type SessionRequest =
  | { readonly kind: 'OPEN'; readonly session: number; readonly ask: number }
  | { readonly kind: 'ASK'; readonly session: number; readonly ask: number; readonly message: unknown }
  | { readonly kind: 'END'; readonly session: number };

/** Errors cross the thread boundary as data: their classes do not survive it. A code is a refusal's alone. */
export type SessionAnswer =
  | { readonly ask: number; readonly answer: unknown }
  | {
      readonly ask: number;
      readonly error: {
        readonly code: ErrorCode | null;
        readonly message: string;
        readonly reasons: readonly Reason[];
      };
    };

/** What a session answers to a message; its closure is the session's state. */
export type SessionHandler = (message: unknown) => unknown;

/** The thread's side of a compute thread: `create` makes the handler of each session opened. */
export function serveSessions(create: () => SessionHandler): void {
  const port = parentPort!;
  const sessions = new Map<number, { readonly handler: SessionHandler; last: Promise<void> }>();
  const answer = async (ask: number, work: () => unknown): Promise<void> => {
    try {
      port.postMessage({ ask, answer: await work() } satisfies SessionAnswer);
    } catch (error) {
      port.postMessage({ ask, error: asData(error) } satisfies SessionAnswer);
    }
  };
  port.on('message', (request: SessionRequest) => {
    if (request.kind === 'OPEN') {
      void answer(request.ask, () => {
        sessions.set(request.session, { handler: create(), last: Promise.resolve() });
      });
    } else if (request.kind === 'ASK') {
      const session = sessions.get(request.session);
      if (!session) return void answer(request.ask, () => Promise.reject(new Error('the session has ended')));
      session.last = session.last.then(() => answer(request.ask, () => session.handler(request.message)));
    } else {
      sessions.delete(request.session);
    }
  });
}

function asData(error: unknown): Extract<SessionAnswer, { error: unknown }>['error'] {
  if (isDomainError(error)) return { code: error.code, message: error.message, reasons: error.reasons };
  return { code: null, message: error instanceof Error ? error.message : String(error), reasons: [] };
}
