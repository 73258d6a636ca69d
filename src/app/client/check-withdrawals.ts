import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openEnvelope, parsePublicKey } from '../../kernel/dsse.ts';
import { DomainError } from '../../kernel/errors.ts';
import { parseSnapshotHeader, snapshotDigest } from '../../snapshots/snapshot-header.ts';
import { readFeed } from '../../stewardship/withdrawal/withdrawal-feed.ts';
import { exists } from './exists.ts';
import { fetchKeys } from './fetch-attestations.ts';
import type { FolderProblem } from './folder-problem.ts';
import { getBytes, type ServerAccess } from './http.ts';
import { readPullRecord } from './pull-record.ts';
import { readIfThere } from './read-if-there.ts';
import { leafOf, readManifest } from './read-manifest.ts';

const LARGEST_FEED = 256 << 20;

/**
 * Asks the server which images of a pulled folder's snapshot were withdrawn since, and names every file to delete: the images, and the
 * forms that hold them. The feed's head must be signed by the key given, or else by one that the server publishes.
 */
export async function checkWithdrawals(
  access: ServerAccess,
  directory: string,
  keyFile: string | undefined,
): Promise<FolderProblem[]> {
  const bytes = await readFile(join(directory, 'snapshot.json'));
  const digest = snapshotDigest(bytes);
  const fetched = async (path: string) =>
    (await getBytes(access, `/snapshots/${digest}/${path}`, LARGEST_FEED)).toString('utf8');
  const { entries, envelope } = readFeed(
    await fetched('withdrawals.jsonl'),
    await fetched('withdrawals/head'),
    digest,
  );
  const keys = await publicKeys(access, keyFile);
  if (!keys.some((key) => openEnvelope(envelope, key) !== undefined))
    throw new DomainError(
      'PIN_MISMATCH',
      `The head of the withdrawals of ${digest} is signed by none of the keys; do not believe the server.`,
    );
  const withdrawn = new Map(entries.map((entry) => [entry.leaf, entry]));
  const problems: FolderProblem[] = [];
  for await (const step of readManifest(directory, parseSnapshotHeader(bytes))) {
    const entry = withdrawn.get(leafOf(step).toString('hex'));
    if (entry === undefined || !('id' in step.record)) continue;
    const { path } = step.record;
    const isHere = await exists(join(directory, path));
    problems.push({
      file: path,
      kind: 'withdrawn',
      message: `It was withdrawn on ${entry.at.slice(0, 10)} (${entry.reason})${isHere ? ': delete it' : ''}; then pull again, for the shards hold its labels and metadata.`,
    });
  }
  if (problems.length === 0) return [];
  const { renderings = [] } = (await readPullRecord(directory)) ?? {};
  for (const { format } of renderings)
    problems.push({
      file: format,
      kind: 'withdrawn',
      message: 'This form holds what was withdrawn: delete it, and pull it again.',
    });
  return problems;
}

async function publicKeys(access: ServerAccess, keyFile: string | undefined) {
  if (keyFile === undefined)
    return (await fetchKeys(access)).map(({ publicKey }) => parsePublicKey(publicKey));
  const pem = await readIfThere(keyFile);
  if (!pem) throw new DomainError('BAD_INPUT', `--key: there is no file "${keyFile}".`);
  return [parsePublicKey(pem)];
}
