import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { isDomainError } from '../kernel/errors.ts';

/** The one place that knows both our errors and GraphQL's. Unknown errors are logged and masked. */
export function formatError(log: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const cause = unwrapResolverError(error);
    if (isDomainError(cause)) {
      return {
        ...formatted,
        message: cause.message,
        extensions: { code: cause.code, reasons: cause.reasons },
      };
    }
    if (formatted.extensions?.code && formatted.extensions.code !== 'INTERNAL_SERVER_ERROR') {
      return {
        message: formatted.message,
        locations: formatted.locations,
        path: formatted.path,
        extensions: { code: formatted.extensions.code },
      };
    }
    log.error({ err: cause, path: formatted.path }, 'unexpected error');
    return {
      message: 'The server failed; the log holds the cause.',
      path: formatted.path,
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    };
  };
}
