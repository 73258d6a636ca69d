import type { AuditFileReport } from '../../governance/audit-file.ts';
import { checkAuditFile } from '../client/check-audit-file.ts';
import { exportAudit } from '../client/export-audit.ts';
import { ask } from '../client/graphql.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';

interface Verification {
  readonly intact: boolean;
  readonly eventCount: number;
  readonly headHash: string;
  readonly problem: { readonly sequence: number; readonly message: string } | null;
}

/** Of the server's log, or of an exported file without a server. A broken chain is exit status 1. */
export async function verifyAudit(
  file: string | undefined,
  options: AccessOptions & { key?: string[] },
): Promise<void> {
  const found =
    file === undefined ? await verifyOnServer(options) : await checkAuditFile(file, options.key ?? []);
  const { problem, headHash } = found;
  if (problem) process.exitCode = 1;
  if (options.json) return printJson(found);
  if (problem) process.stderr.write(`holotype: event ${problem.sequence}: ${problem.message}\n`);
  else print(`${'to' in found ? told(found) : `${found.eventCount} events`}, intact; head ${headHash}`);
}

async function verifyOnServer(options: AccessOptions): Promise<Verification> {
  const { verifyAuditChain } = await ask<{ verifyAuditChain: Verification }>(
    await accessOf(options),
    '{ verifyAuditChain { intact eventCount headHash problem { sequence message } } }',
  );
  return verifyAuditChain;
}

function told({ from, to, checkpoints, signed }: AuditFileReport): string {
  const proved = signed ? 'signatures proved' : 'signatures not looked at: give --key';
  return `events ${from} to ${to}, ${checkpoints} checkpoints (${proved})`;
}

/** Writes the log to a file that `holotype audit verify FILE` checks anywhere. */
export async function exportAuditFile(
  file: string,
  options: AccessOptions & { from?: string; to?: string },
): Promise<void> {
  const { from, to } = options;
  await exportAudit(await accessOf(options), file, { from, to });
  print(file);
}
