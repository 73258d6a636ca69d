import { HeaderMap } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { GraphQLError } from 'graphql';
import { biasRoutes } from '../bias/bias.routes.ts';
import { recordRefusal } from '../governance/audit.store.ts';
import { authenticate } from '../governance/authenticate.usecase.ts';
import { governanceRoutes } from '../governance/governance.routes.ts';
import { type Action, maySomewhere } from '../governance/policy.ts';
import { ingestionRoutes } from '../ingestion/ingestion.routes.ts';
import { previewRoutes } from '../ingestion/previews/previews.routes.ts';
import { DomainError, ERROR_CODES, isDomainError } from '../kernel/errors.ts';
import type { Context, Services } from '../platform/context.ts';
import type { Route } from '../platform/http-route.ts';
import { WINDOW_SECONDS } from '../platform/rate-limits.ts';
import { renderingsRoutes } from '../renderings/renderings.routes.ts';
import { runsRoutes } from '../runs/runs.routes.ts';
import { snapshotsRoutes } from '../snapshots/snapshots.routes.ts';
import { splitsRoutes } from '../splits/splits.routes.ts';
import { backupRoutes } from '../stewardship/backup/backup.routes.ts';
import { certificateRoutes } from '../stewardship/certificate/certificate.routes.ts';
import { documentRoutes } from '../stewardship/documents/documents.routes.ts';
import { snapshotCertificateRoutes } from '../stewardship/snapshot-certificate/snapshot-certificate.routes.ts';
import { withdrawalRoutes } from '../stewardship/withdrawal/withdrawal.routes.ts';
import { apolloServer } from './apollo-server.ts';
import { httpExchange, parameterOf } from './http-exchange.ts';
import { serverMetrics } from './metrics.ts';
import { onPrincipal, onRoute, REQUEST_ID, requestObserver } from './observe-requests.ts';
import { mountOperationalRoutes } from './operational-routes.ts';
import { mountPage } from './page-files.ts';
import { CHALLENGE, sendProblem } from './send-problem.ts';

const MAX_BODY = '32mb';

/** Every streamed route, each with its rule. Nothing else is mounted but GraphQL, health and the page. */
export const ROUTES: readonly Route[] = [
  ...governanceRoutes,
  ...ingestionRoutes,
  ...previewRoutes,
  ...splitsRoutes,
  ...snapshotsRoutes,
  ...biasRoutes,
  ...runsRoutes,
  ...certificateRoutes,
  ...withdrawalRoutes,
  ...snapshotCertificateRoutes,
  ...backupRoutes,
  ...documentRoutes,
  ...renderingsRoutes,
];

export interface HttpApplication {
  readonly app: Express;
  /** Says "not ready" from now on, and resolves once every request is answered, or after this time. */
  drain(milliseconds: number): Promise<void>;
  stop(): Promise<void>;
}

export async function httpApplication(
  services: Services,
  { metricsPublic = false }: { metricsPublic?: boolean } = {},
): Promise<HttpApplication> {
  let isStopping = false;
  const requests = requestObserver(services.log, (request) => metrics.observeRequest(request));
  const metrics = serverMetrics(services, requests.open);
  const apollo = await apolloServer(services.log, metrics);
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('etag', false); // immutable content names its own; nothing else is to be kept
  app.use(requests.handler);
  mountPage(app);
  mountOperationalRoutes(app, services, { metrics, metricsPublic, isStopping: () => isStopping });
  for (const route of ROUTES)
    app[route.method](route.path, (request, response, next) => {
      if (route.accepts?.((name) => parameterOf(request, name)) ?? true)
        return serveRoute(services, route, request, response);
      next();
    });
  app.use(
    '/graphql',
    (_request, response, next) => {
      onRoute(response, '/graphql');
      next();
    },
    express.json({ limit: MAX_BODY }),
    emptyBodyIsAnObject,
    expressMiddleware(apollo, { context: ({ req, res }) => graphqlContext(services, req, res) }),
  );
  app.use((_request, _response, next) => next(new DomainError('NOT_FOUND', 'Nothing is at this address.')));
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) =>
    sendProblem(services.log, error, response),
  );
  return {
    app,
    drain(milliseconds) {
      isStopping = true;
      return requests.drain(milliseconds);
    },
    stop: () => apollo.stop(),
  };
}

/** Apollo takes a GET without a body; Express 5 leaves `body` undefined where nothing was parsed. */
function emptyBodyIsAnObject(request: Request, _response: Response, next: NextFunction): void {
  request.body ??= {};
  next();
}

/** Apollo answers 500 to any failure here that is not an error of its own kind with a status. */
async function graphqlContext(services: Services, request: Request, response: Response): Promise<Context> {
  try {
    return await newContext(services, request, response);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const { status } = ERROR_CODES[error.code];
    const headers = new HeaderMap([['www-authenticate', CHALLENGE]]);
    if (status === 429) headers.set('retry-after', String(WINDOW_SECONDS));
    const http = { status, headers };
    throw new GraphQLError(error.message, { extensions: { code: error.code, http } });
  }
}

/** The request's id is the response's too, and that of every audit event and log line of the request. */
async function newContext(services: Services, request: Request, response: Response): Promise<Context> {
  const address = request.socket.remoteAddress ?? '';
  const actor = await authenticate(services, request.headers.authorization).catch(async (error: unknown) => {
    if (isDomainError(error) && error.code === 'UNAUTHENTICATED')
      await services.rateLimits.countRefused(address);
    throw error;
  });
  onPrincipal(response, actor?.principalId ?? null);
  await services.rateLimits.count(actor?.principalId ?? null, address);
  const origin = services.publicUrl ?? originOf(request);
  return { ...services, actor, origin, requestId: response.get(REQUEST_ID)!, decisions: new Set() };
}

/** Where the request says that it reached the server; documents name addresses there unless a public address is declared. */
function originOf(request: Request): string {
  const host = request.headers.host ?? '';
  return `http://${/^[A-Za-z0-9.:[\]-]+$/.test(host) ? host : 'localhost'}`;
}

/** The door of streamed routes: the same policy as GraphQL's, asked before anything is read. */
async function serveRoute(
  services: Services,
  route: Route,
  request: Request,
  response: Response,
): Promise<void> {
  onRoute(response, route.path);
  const context = await newContext(services, request, response);
  if (route.rule === 'public') return route.handle(context, httpExchange(request, response));
  if (!context.actor)
    throw new DomainError('UNAUTHENTICATED', 'This address needs a token; none came with the request.');
  if (!maySomewhere(context.actor, route.rule as Action)) {
    if (route.method !== 'get')
      await recordRefusal(context, { action: route.rule, subject: 'instance' }, 'FORBIDDEN');
    throw new DomainError(
      'FORBIDDEN',
      `${context.actor.name} may do "${route.rule}" nowhere; ask an administrator for a role or a token that allows it.`,
    );
  }
  await route.handle(context, httpExchange(request, response));
}
