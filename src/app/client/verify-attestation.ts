import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parsePublicKey } from '../../kernel/dsse.ts';
import { DomainError } from '../../kernel/errors.ts';
import { parseSnapshotHeader, snapshotDigest } from '../../snapshots/snapshot-header.ts';
import { checkAttestations } from './check-attestations.ts';
import { ATTESTATIONS_FILE } from './fetch-attestations.ts';
import type { FolderProblem } from './folder-problem.ts';
import { readIfThere } from './read-if-there.ts';

/** What the statements about a folder's snapshot, in `file` or in the folder, fail to prove by the key; offline. */
export async function verifyAttestation(
  directory: string,
  expectedDigest: string | undefined,
  { key, file = join(directory, ATTESTATIONS_FILE) }: { key: string; file?: string },
): Promise<FolderProblem[]> {
  const pem = await readIfThere(key);
  if (!pem) throw new DomainError('BAD_INPUT', `--key: there is no file "${key}".`);
  const publicKey = parsePublicKey(pem);
  const text = await readIfThere(file);
  if (!text)
    return [
      {
        file,
        kind: 'missing',
        message: 'There are no statements; `holotype attest` fetches them, or give --attestation.',
      },
    ];
  const bytes = await readFile(join(directory, 'snapshot.json'));
  const { root, size } = parseSnapshotHeader(bytes);
  const digest = expectedDigest ?? snapshotDigest(bytes);
  const faults = checkAttestations(text.toString('utf8'), publicKey, { digest, root, size });
  return faults.map((message) => ({ file, kind: 'altered', message }));
}
