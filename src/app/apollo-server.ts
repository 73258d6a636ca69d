import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import type { Logger } from 'pino';
import type { Context } from '../platform/context.ts';
import { formatError, isUnexpected } from './format-error.ts';
import { graphqlSchema } from './graphql-schema.ts';
import type { ServerMetrics } from './metrics.ts';

const MAX_TOKENS = 4_000;

/** GraphQL with its limits, its log and its metrics. */
export async function apolloServer(log: Logger, metrics: ServerMetrics): Promise<ApolloServer<Context>> {
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
      logUnexpected(log),
      measured(metrics),
    ],
    formatError,
    logger: log,
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
function logUnexpected(log: Logger): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          for (const error of errors.filter(isUnexpected)) {
            const { requestId } = contextValue;
            log.error({ err: error.originalError ?? error, path: error.path, requestId }, 'unexpected error');
          }
        },
      };
    },
  };
}

function measured(metrics: ServerMetrics): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      const began = process.hrtime.bigint();
      return {
        async willSendResponse({ operation, response: { body } }) {
          const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
          metrics.observeOperation({
            type: operation?.operation ?? 'none',
            seconds: Number(process.hrtime.bigint() - began) / 1e9,
            codes: errors.map(({ extensions }) => String(extensions?.code)),
          });
        },
      };
    },
  };
}
