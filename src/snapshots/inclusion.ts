import { DomainError } from '../kernel/errors.ts';
import { inclusionProof, leafHash, rootOfInclusionProof } from '../kernel/merkle.ts';
import { type ManifestRecord, parseManifestLine } from './manifest-line.ts';
import { parseSnapshotHeader, snapshotDigest } from './snapshot-header.ts';

/** Proves one line of a manifest by O(log n) hashes (RFC 9162 §2.1.3). */
export interface InclusionProof {
  /** The leaf, from 0, and how many there are. */
  readonly index: number;
  readonly size: number;
  /** The canonical line, or the tombstone of a withdrawn image, which proves its leaf hash and no more. */
  readonly line: string;
  /** Sibling hashes from the leaf up to the root, 64 hexadecimal characters each. */
  readonly path: readonly string[];
}

/** A proof with the header that its root stands in: enough to be checked against the digest alone. */
export interface InclusionProofFile extends InclusionProof {
  readonly header: string;
}

/**
 * The path of a leaf by its shard's leaves and the roots of all shards: every full shard is a complete subtree, so
 * the tree over the shards' roots is the top of the tree over the leaves.
 */
export function inclusionPath(
  leaves: readonly Buffer[],
  position: number,
  shardRoots: readonly Buffer[],
  shard: number,
): Buffer[] {
  return [...inclusionProof(leaves, position), ...inclusionProof(shardRoots, shard)];
}

export function leafHashOf(line: string | Buffer, record: ManifestRecord): Buffer {
  return 'leaf' in record ? Buffer.from(record.leaf, 'hex') : leafHash(line);
}

/** The root that a proof leads to, and what its line says; undefined root where the path has another length. */
export function rootOf({ index, size, line, path }: InclusionProof): {
  record: ManifestRecord;
  root: string | undefined;
} {
  const record = parseManifestLine(Buffer.from(line, 'utf8'));
  const siblings = path.map((hash) => Buffer.from(hash, 'hex'));
  return {
    record,
    root: rootOfInclusionProof(leafHashOf(line, record), index, size, siblings)?.toString('hex'),
  };
}

/**
 * What a proof file proves of the snapshot `digest`: its line. PIN_MISMATCH names the link that breaks;
 * MALFORMED_FILE where it is no proof.
 */
export function checkInclusionProof(text: string, digest: string): ManifestRecord {
  const proof = parseProof(text);
  const headerDigest = snapshotDigest(proof.header);
  if (headerDigest !== digest)
    throw new DomainError('PIN_MISMATCH', `The proof is of the snapshot ${headerDigest}, not of ${digest}.`);
  const header = parseSnapshotHeader(Buffer.from(proof.header, 'utf8'));
  if (proof.size !== header.size)
    throw new DomainError(
      'PIN_MISMATCH',
      `The proof is of ${proof.size} leaves, and the snapshot has ${header.size}.`,
    );
  const { record, root } = rootOf(proof);
  if (root !== header.root)
    throw new DomainError(
      'PIN_MISMATCH',
      `The line does not lead to the snapshot's root ${header.root}: the line, its index or the path was altered.`,
    );
  return record;
}

function parseProof(text: string): InclusionProofFile {
  try {
    const { header, index, size, line, path } = JSON.parse(text) as InclusionProofFile;
    if (typeof header !== 'string' || typeof line !== 'string') throw new Error('header or line is missing');
    if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size))
      throw new Error('index or size is no count');
    if (!Array.isArray(path) || !path.every((hash) => /^[0-9a-f]{64}$/.test(hash)))
      throw new Error('path is no list of SHA-256 in hexadecimal');
    return { header, index, size, line, path };
  } catch (error) {
    throw new DomainError('MALFORMED_FILE', `The proof cannot be read: ${(error as Error).message}.`);
  }
}
