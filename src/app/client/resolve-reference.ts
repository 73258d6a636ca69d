import { DomainError } from '../../kernel/errors.ts';
import { getBytes, type ServerAccess } from './http.ts';
import { snapshotReference } from './snapshot-reference.ts';

const LARGEST_TAG_ANSWER = 4096;

/** The digest, `sha256:HEX`, that a reference names: itself, or what the server says that a tag stands for. */
export async function resolveReference(access: ServerAccess, text: string): Promise<string> {
  const reference = snapshotReference(text);
  if ('digest' in reference) return reference.digest;
  const { slug, tag } = reference;
  const path = `/datasets/${encodeURIComponent(slug)}/tags/${encodeURIComponent(tag)}`;
  const answer = (await getBytes(access, path, LARGEST_TAG_ANSWER)).toString('utf8');
  const digest = /"digest"\s*:\s*"(sha256:[0-9a-f]{64})"/.exec(answer)?.[1];
  if (!digest) throw new DomainError('MALFORMED_FILE', `${path}: the server's answer holds no digest.`);
  return digest;
}
