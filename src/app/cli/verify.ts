import { DomainError } from '../../kernel/errors.ts';
import { checkWithdrawals } from '../client/check-withdrawals.ts';
import type { FolderProblem } from '../client/folder-problem.ts';
import { readPullRecord } from '../client/pull-record.ts';
import { verifyAttestation } from '../client/verify-attestation.ts';
import { verifyFolder } from '../client/verify-folder.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';

/** A snapshot on the disk, recomputed; a problem found is exit status 1. */
export async function verify(
  folder: string,
  digest: string | undefined,
  options: AccessOptions & { key?: string; attestation?: string; withdrawals?: boolean },
): Promise<void> {
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest))
    throw new DomainError(
      'BAD_INPUT',
      `"${digest}" is not a digest: sha256: and 64 lower-case hexadecimal digits.`,
    );
  const { key, attestation: file } = options;
  if (file !== undefined && key === undefined)
    throw new DomainError(
      'BAD_INPUT',
      '--attestation: give --key too, the public key that must have signed it.',
    );
  const content = await verifyFolder(folder, digest);
  const gone = options.withdrawals && content.digest !== null ? await goneOf(folder, options) : [];
  const attested = key !== undefined && content.digest !== null;
  const statements = attested ? await verifyAttestation(folder, digest, { key, file }) : [];
  const report = { ...content, problems: [...content.problems, ...statements, ...gone] };
  if (report.problems.length > 0) process.exitCode = 1;
  if (options.json) return printJson(report);
  for (const { file, kind, message } of report.problems)
    process.stderr.write(`${kind}  ${file}: ${message}\n`);
  if (report.problems.length > 0) {
    process.stderr.write(`holotype: ${folder} is not what it claims: ${report.problems.length} problems.\n`);
    return;
  }
  const { held, images, references, withdrawn, notPulled, bytes } = report;
  print(`${report.digest} verified: ${held} of ${images} images here and right, ${bytes} bytes`);
  const others = { 'lie elsewhere': references, 'were withdrawn': withdrawn, 'were not pulled': notPulled };
  for (const [what, count] of Object.entries(others)) if (count > 0) print(`${count} ${what}`);
  if (options.withdrawals) print('Nothing of it was withdrawn that is here.');
  if (attested) print('Its statement is signed by the key given.');
  if (report.against === null)
    print('Held against itself alone: give the digest to prove that it is the right one.');
}

/** What the server that the folder was pulled from, or the one given, says was withdrawn. */
async function goneOf(folder: string, options: AccessOptions & { key?: string }): Promise<FolderProblem[]> {
  const server = options.server ?? (await readPullRecord(folder))?.server;
  return checkWithdrawals(await accessOf({ ...options, server }), folder, options.key);
}
