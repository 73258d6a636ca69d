import { ask } from '../client/graphql.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';

interface Verification {
  readonly intact: boolean;
  readonly eventCount: number;
  readonly headHash: string;
  readonly problem: { readonly sequence: number; readonly message: string } | null;
}

/** A broken chain is exit status 1. */
export async function verifyAudit(options: AccessOptions): Promise<void> {
  const { verifyAuditChain: found } = await ask<{ verifyAuditChain: Verification }>(
    await accessOf(options),
    '{ verifyAuditChain { intact eventCount headHash problem { sequence message } } }',
  );
  if (!found.intact) process.exitCode = 1;
  if (options.json) return printJson(found);
  if (found.intact) return print(`${found.eventCount} events, intact; head ${found.headHash}`);
  process.stderr.write(`holotype: event ${found.problem?.sequence}: ${found.problem?.message}\n`);
}
