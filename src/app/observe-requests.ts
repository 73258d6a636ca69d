import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';

export const REQUEST_ID = 'X-Request-Id';

/** What a caller may name its request by: no space, nothing to escape, and nothing that looks like a token. */
const REQUEST_ID_FORM = /^(?!holotype_|eyJ)[A-Za-z0-9][A-Za-z0-9._:-]{7,127}$/i;

/** One request as the log and the metrics see it: the route's template, never its address. */
export interface ObservedRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export interface RequestObserver {
  readonly handler: RequestHandler;
  /** Requests that are not answered yet; health is not among them. */
  open(): number;
  /** Answers end their connections from now on; resolves once nothing is open, or after this time. */
  drain(milliseconds: number): Promise<void>;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const UNMATCHED = 'unmatched';

/** Says under which template this request is counted, and whether a server that stops waits for it. */
export function onRoute(response: Response, route: string): void {
  response.locals.route = route;
}

export function onPrincipal(response: Response, principalId: string | null): void {
  response.locals.principalId = principalId;
}

/** Names every request, logs it when it ends, and tells `observe` of it. */
export function requestObserver(log: Logger, observe: (request: ObservedRequest) => void): RequestObserver {
  const openResponses = new Set<Response>();
  const counted = new WeakMap<Socket, { read: number; written: number }>();
  let isDraining = false;
  let drained = () => {};

  const waitedFor = () => [...openResponses].filter(({ locals }) => !locals.route?.startsWith('/health/'));
  function end(request: Request, response: Response, socket: Socket, began: bigint): void {
    openResponses.delete(response);
    const { bytesIn, bytesOut } = bytesOf(socket, counted);
    const observed = {
      method: METHODS.has(request.method) ? request.method : 'other',
      route: (response.locals.route as string | undefined) ?? UNMATCHED,
      status: response.statusCode,
      seconds: Number(process.hrtime.bigint() - began) / 1e9,
      bytesIn,
      bytesOut,
    };
    observe(observed);
    const { seconds, ...line } = observed;
    const level = observed.status >= 500 ? 'error' : 'info';
    log[level](
      {
        requestId: response.get(REQUEST_ID),
        ...line,
        milliseconds: Math.round(seconds * 1e3),
        principal: (response.locals.principalId as string | null | undefined) ?? null,
        ...(response.writableFinished ? {} : { cutOff: true }),
      },
      'request',
    );
    if (waitedFor().length === 0) drained();
  }

  return {
    handler(request: Request, response: Response, next: NextFunction) {
      const given = request.get(REQUEST_ID);
      response.set(REQUEST_ID, given !== undefined && REQUEST_ID_FORM.test(given) ? given : randomUUID());
      if (isDraining) response.set('Connection', 'close');
      openResponses.add(response);
      const began = process.hrtime.bigint();
      const { socket } = request; // gone from the request where the peer breaks off
      response.once('close', () => end(request, response, socket, began));
      // What is left of a body that was refused is read and dropped: the next request on the connection stands behind it.
      response.once('finish', () => request.resume());
      next();
    },
    open: () => waitedFor().length,
    async drain(milliseconds) {
      isDraining = true;
      for (const response of openResponses) if (!response.headersSent) response.set('Connection', 'close');
      if (waitedFor().length === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        drained = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
}

/** What passed over the connection since it was last asked; several requests follow one another on one. */
function bytesOf(socket: Socket, counted: WeakMap<Socket, { read: number; written: number }>) {
  const last = counted.get(socket) ?? { read: 0, written: 0 };
  const now = { read: socket.bytesRead, written: socket.bytesWritten };
  counted.set(socket, now);
  return { bytesIn: Math.max(0, now.read - last.read), bytesOut: Math.max(0, now.written - last.written) };
}
