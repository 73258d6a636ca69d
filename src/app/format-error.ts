import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { type ErrorCode, isDomainError } from '../kernel/errors.ts';

/** How GraphQL Armor says that a document is too deep, wide, long or costly; its errors carry no code of their own. */
const LIMIT =
  /^Syntax Error: (?:(?:\S+ ){1,3}limit of \d+ exceeded|Document contains more tha[nt] \d+ tokens)/i;

/** Whether an error is nobody's refusal but a defect, for the log. */
export function isUnexpected(error: GraphQLError): boolean {
  const code = error.extensions.code;
  return (
    !isDomainError(unwrapResolverError(error)) &&
    !LIMIT.test(error.message) &&
    (code === undefined || code === 'INTERNAL_SERVER_ERROR')
  );
}

/** The one place that knows both our errors and GraphQL's. Unknown errors are masked. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = unwrapResolverError(error);
  if (isDomainError(cause)) {
    return {
      ...formatted,
      message: cause.message,
      extensions: { code: cause.code, reasons: cause.reasons },
    };
  }
  if (LIMIT.test(formatted.message)) {
    return {
      message: formatted.message.replace('Syntax Error: ', ''),
      locations: formatted.locations,
      extensions: { code: 'LIMIT_EXCEEDED' satisfies ErrorCode },
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
  return {
    message: 'The server failed; the log holds the cause.',
    path: formatted.path,
    extensions: { code: 'INTERNAL' satisfies ErrorCode },
  };
}
