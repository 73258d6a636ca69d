import { canonicalJson } from '../kernel/canonical-json.ts';
import { DomainError } from '../kernel/errors.ts';
import { snapshotDigest } from '../snapshots/snapshot-header.ts';
import type { MadeFile, RenderingSource } from './rendering.ts';

export interface HeaderFile extends MadeFile {
  readonly text: string;
}

/** `snapshot.json` as it was published: a parsed header is canonical, so its text is made again from it. */
export function headerFile({ header, digest }: RenderingSource): HeaderFile {
  const text = canonicalJson(header);
  if (snapshotDigest(text) !== digest)
    throw new DomainError('INTERNAL', `The header of ${digest} does not give its digest.`);
  return {
    text,
    path: 'snapshot.json',
    mediaType: 'application/json',
    digest: digest.slice('sha256:'.length),
    size: Buffer.byteLength(text),
  };
}
