import { type Logger, pino } from 'pino';

/** How the tokens of this server, those of others (JWT) and what carries them look, wherever they stand in a line. */
const SECRETS =
  /holotype_[\w-]{40,}|eyJ[\w-]{8,}\.[\w-]+\.[\w-]*|\b(?:bearer|basic)\s+[\w+/=.~-]{8,}|(?<=:\/\/)[^/\s"@]+(?=@)/gi;

/** Data exceptions (class 22) and violations (class 23) quote the value at fault; PostgreSQL, appendix A. */
const QUOTES_DATA = /^2[23]/;

/** One JSON object a line, to `write` (stderr unless said). No line holds a token, a query's parameters or a request's text. */
export function openLog(
  level: string,
  write: { write(line: string): unknown } = pino.destination(2),
): Logger {
  return pino(
    {
      level,
      base: null,
      serializers: { err: describeError },
      hooks: { streamWrite: (line) => line.replace(SECRETS, '[secret]') },
    },
    write as pino.DestinationStream,
  );
}

/** What went wrong and where; of a database's error neither the parameters nor the values that its message quotes. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  const isQuoting = typeof code === 'string' && QUOTES_DATA.test(code);
  return {
    type: error.constructor.name,
    message: isQuoting ? 'the database refused a value' : error.message,
    code,
    constraint,
    table,
    stack: /^ {4}at [\s\S]*$/m.exec(error.stack ?? '')?.[0],
    cause: error.cause === undefined ? undefined : describeError(error.cause),
  };
}
