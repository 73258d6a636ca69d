import { type Command, CommanderError, InvalidArgumentError } from 'commander';
import { isDomainError } from '../../kernel/errors.ts';
import { holotypeCommand } from './holotype-command.ts';

/** Runs one command. Exit status 0: done; 1: refused or failed, the reason on stderr; 2: wrong usage. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = withUsageErrors(holotypeCommand());
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** Commander's own exits become exceptions, of the subcommands too. */
function withUsageErrors(command: Command): Command {
  command.exitOverride();
  command.commands.forEach(withUsageErrors);
  return command;
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    // What commander finds itself it has said already.
    if (error instanceof InvalidArgumentError) process.stderr.write(`holotype: ${error.message}\n`);
    return error.exitCode === 0 ? 0 : 2;
  }
  if (!isDomainError(error)) {
    const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
    process.stderr.write(`holotype: ${process.env.HOLOTYPE_LOG_LEVEL === 'debug' ? stack : message}\n`);
    return 1;
  }
  process.stderr.write(`holotype: ${error.message} (${error.code})\n`);
  for (const { path, code, message } of error.reasons) {
    const place = path.length > 0 ? `${path.join(' ')}: ` : '';
    process.stderr.write(`  ${place}${message} (${code})\n`);
  }
  return 1;
}
