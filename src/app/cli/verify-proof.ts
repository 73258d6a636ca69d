import { DomainError } from '../../kernel/errors.ts';
import { checkInclusionProof } from '../../snapshots/inclusion.ts';
import { canonicalDigest } from '../../snapshots/snapshot.ts';
import { readIfThere } from '../client/read-if-there.ts';
import { print, printJson } from './print.ts';

/** Proves offline that an image is in a snapshot, by a file of `GET /snapshots/{digest}/proofs/{image}`. */
export async function verifyProof(file: string, digest: string, options: { json?: boolean }): Promise<void> {
  const bytes = await readIfThere(file);
  if (!bytes) throw new DomainError('BAD_INPUT', `There is no file "${file}".`);
  const record = checkInclusionProof(bytes.toString('utf8'), canonicalDigest(digest));
  if (options.json) return printJson(record);
  if ('leaf' in record)
    print(`A withdrawn image is in ${canonicalDigest(digest)}, by its leaf ${record.leaf}`);
  else {
    const parts = Object.entries(record.parts).map(([split, part]) => `${split}:${part}`);
    print(`${record.id} is in ${canonicalDigest(digest)}${parts.length ? `, in ${parts.join(', ')}` : ''}`);
    print(
      record.sha256 === null ? 'Its bytes lie elsewhere.' : `sha256:${record.sha256}, ${record.size} bytes`,
    );
  }
}
