import type { Express, Request, Response } from 'express';
import { authenticate } from '../governance/authenticate.usecase.ts';
import { requireMay } from '../governance/policy.ts';
import { INSTANCE_SCOPE } from '../kernel/actor.ts';
import type { Services } from '../platform/context.ts';
import { readiness } from './health.ts';
import type { ServerMetrics } from './metrics.ts';
import { onPrincipal, onRoute } from './observe-requests.ts';

interface Operations {
  readonly metrics: ServerMetrics;
  readonly metricsPublic: boolean;
  isStopping(): boolean;
}

/** What those who run the server ask of it. Health names what is down and nothing more. */
export function mountOperationalRoutes(app: Express, services: Services, operations: Operations): void {
  const partsDown = readiness(services, operations.isStopping);
  app.get('/health/live', (_request, response) => {
    onRoute(response, '/health/live');
    response.json({ status: 'live' });
  });
  app.get('/health/ready', async (_request, response) => {
    onRoute(response, '/health/ready');
    const down = await partsDown();
    response.set('Cache-Control', 'no-store');
    if (down.length === 0) response.json({ status: 'ready' });
    else response.status(503).json({ status: 'not ready', down });
  });
  app.get('/metrics', async (request, response) => {
    onRoute(response, '/metrics');
    if (!operations.metricsPublic && !isFromHere(request, services))
      await requireAdministrator(services, request, response);
    const { contentType, text } = await operations.metrics.scrape();
    response.set({ 'Content-Type': contentType, 'Cache-Control': 'no-store' }).send(text);
  });
}

async function requireAdministrator(services: Services, request: Request, response: Response): Promise<void> {
  const actor = await authenticate(services, request.headers.authorization);
  onPrincipal(response, actor?.principalId ?? null);
  requireMay({ actor, decisions: new Set() }, 'access.administer', INSTANCE_SCOPE);
}

const LOOPBACK = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;
const LOOPBACK_HOST = /^(localhost|\[::1\]|127(\.\d{1,3}){3})(:\d+)?$/i;
const OF_A_PROXY = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/**
 * Asked on this machine, by its own name. Behind a proxy everybody comes from the loopback: where a public address is
 * declared, or a proxy says what it is, that counts for nothing.
 */
function isFromHere({ socket, headers }: Request, { publicUrl }: Services): boolean {
  return (
    publicUrl === null &&
    LOOPBACK.test(socket.remoteAddress ?? '') &&
    LOOPBACK_HOST.test(headers.host ?? '') &&
    OF_A_PROXY.every((name) => headers[name] === undefined)
  );
}
