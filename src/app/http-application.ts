import { randomUUID } from 'node:crypto';
import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { GraphQLError } from 'graphql';
import { biasRoutes } from '../bias/bias.routes.ts';
import { recordRefusal } from '../governance/audit.store.ts';
import { authenticate } from '../governance/authenticate.usecase.ts';
import { type Action, maySomewhere } from '../governance/policy.ts';
import { ingestionRoutes } from '../ingestion/ingestion.routes.ts';
import { DomainError, ERROR_CODES, isDomainError } from '../kernel/errors.ts';
import type { Context, Services } from '../platform/context.ts';
import type { Route } from '../platform/http-route.ts';
import { renderingsRoutes } from '../renderings/renderings.routes.ts';
import { runsRoutes } from '../runs/runs.routes.ts';
import { snapshotsRoutes } from '../snapshots/snapshots.routes.ts';
import { splitsRoutes } from '../splits/splits.routes.ts';
import { certificateRoutes } from '../stewardship/certificate/certificate.routes.ts';
import { formatError, isUnexpected } from './format-error.ts';
import { graphqlSchema } from './graphql-schema.ts';
import { httpExchange, parameterOf } from './http-exchange.ts';
import { landingPage } from './landing-page.ts';

const MAX_BODY = '32mb';
const MAX_TOKENS = 4_000;
const REQUEST_ID = 'X-Request-Id';
const CHALLENGE = 'Basic realm="holotype", charset="UTF-8"';

/** Every streamed route, each with its rule. Nothing else is mounted but GraphQL, health and the front page. */
export const ROUTES: readonly Route[] = [
  ...ingestionRoutes,
  ...splitsRoutes,
  ...snapshotsRoutes,
  ...biasRoutes,
  ...runsRoutes,
  ...certificateRoutes,
  ...renderingsRoutes,
];

export interface HttpApplication {
  readonly app: Express;
  stop(): Promise<void>;
}

export async function httpApplication(services: Services): Promise<HttpApplication> {
  const apollo = await apolloServer(services);
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('etag', false); // immutable content names its own; nothing else is to be kept
  app.use((_request, response, next) => {
    response.set(REQUEST_ID, randomUUID());
    next();
  });
  app.get('/', (_request, response) => void response.type('html').send(landingPage()));
  app.get('/health/live', (_request, response) => void response.json({ status: 'live' }));
  app.get('/health/ready', async (_request, response) => {
    await services.db.query('SELECT 1');
    response.json({ status: 'ready' });
  });
  for (const route of ROUTES)
    app[route.method](route.path, (request, response, next) => {
      if (route.accepts?.((name) => parameterOf(request, name)) ?? true)
        return serveRoute(services, route, request, response);
      next();
    });
  app.use(
    '/graphql',
    express.json({ limit: MAX_BODY }),
    emptyBodyIsAnObject,
    expressMiddleware(apollo, { context: ({ req, res }) => graphqlContext(services, req, res) }),
  );
  app.use((_request, _response, next) => next(new DomainError('NOT_FOUND', 'Nothing is at this address.')));
  app.use((error: unknown, request: Request, response: Response, next: NextFunction) =>
    sendError(services, error, request, response, next),
  );
  return { app, stop: () => apollo.stop() };
}

/** Apollo takes a GET without a body; Express 5 leaves `body` undefined where nothing was parsed. */
function emptyBodyIsAnObject(request: Request, _response: Response, next: NextFunction): void {
  request.body ??= {};
  next();
}

/** GraphQL over HTTP §6.4.1: who accepts the old media type alone gets request errors as a well-formed answer, 200. */
const requestErrorsAsJson: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response }) {
        const accept = request.http?.headers.get('accept') ?? '';
        const old =
          accept.includes('application/json') && !accept.includes('application/graphql-response+json');
        if (old && response.http.status === 400) response.http.status = 200;
      },
    };
  },
};

/** A defect is logged with the id that the response carries, so that whoever met it can name it. */
function logUnexpected(services: Services): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          for (const error of errors.filter(isUnexpected)) {
            const { requestId } = contextValue;
            services.log.error(
              { err: error.originalError ?? error, path: error.path, requestId },
              'unexpected error',
            );
          }
        },
      };
    },
  };
}

async function apolloServer(services: Services): Promise<ApolloServer<Context>> {
  const limits = new ApolloArmor({
    maxDepth: { n: 14 },
    maxAliases: { n: 30 },
    maxDirectives: { n: 30 },
    maxTokens: { enabled: false },
    costLimit: { maxCost: 20_000, objectCost: 2, scalarCost: 1, depthCostFactor: 1.3 },
    blockFieldSuggestion: { enabled: false },
  }).protect();
  // Armor types its plugins with the CommonJS build's declarations of the very same classes.
  const plugins = limits.plugins as unknown as ApolloServerPlugin<Context>[];
  const apollo = new ApolloServer<Context>({
    ...limits,
    schema: await graphqlSchema(),
    plugins: [
      ...plugins,
      ApolloServerPluginLandingPageDisabled(),
      requestErrorsAsJson,
      logUnexpected(services),
    ],
    formatError,
    csrfPrevention: true,
    // Counted by the parser itself: Armor's own count throws where Apollo takes any error for a defect of the server.
    parseOptions: { maxTokens: MAX_TOKENS },
    introspection: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
  });
  await apollo.start();
  return apollo;
}

/** Apollo answers 500 to any failure here that is not an error of its own kind with a status. */
async function graphqlContext(services: Services, request: Request, response: Response): Promise<Context> {
  try {
    return await newContext(services, request, response);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const headers = new HeaderMap([['www-authenticate', CHALLENGE]]);
    const http = { status: ERROR_CODES[error.code].status, headers };
    throw new GraphQLError(error.message, { extensions: { code: error.code, http } });
  }
}

/** The request's id is the response's too, and that of every audit event and log line of the request. */
async function newContext(services: Services, request: Request, response: Response): Promise<Context> {
  const actor = await authenticate(services, request.headers.authorization);
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

/** RFC 9457. An unknown error is logged and masked; a peer that left is nobody's fault. */
function sendError(
  services: Services,
  error: unknown,
  request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  for (const header of [
    'ETag',
    'Repr-Digest',
    'Cache-Control',
    'Content-Length',
    'Content-Type',
    'Accept-Ranges',
  ])
    response.removeHeader(header);
  const status = isDomainError(error) ? ERROR_CODES[error.code].status : httpStatusOf(error);
  if (status === 401) response.set('WWW-Authenticate', CHALLENGE);
  if (status >= 500)
    services.log.error(
      { err: error, path: request.path, requestId: response.get(REQUEST_ID) },
      'unexpected error',
    );
  const code = isDomainError(error) ? error.code : status >= 500 ? 'INTERNAL' : 'BAD_INPUT';
  const reasons = isDomainError(error) ? error.reasons : [];
  const detail =
    isDomainError(error) || status < 500
      ? (error as Error).message
      : 'The server failed; the log holds the cause.';
  response
    .status(status)
    .set({ 'Cache-Control': 'no-store', ...(status === 503 ? { 'Retry-After': '2' } : {}) })
    .type('application/problem+json')
    .json({ title: code, status, code, detail, ...(reasons.length > 0 ? { reasons } : {}) });
}

function httpStatusOf(error: unknown): number {
  const status = (error as { status?: unknown }).status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
