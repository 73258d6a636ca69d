import { createHash } from 'node:crypto';
import { DomainError } from './errors.ts';
import { sha256 } from './sha256.ts';

const LEAF = Buffer.of(0x00);
const NODE = Buffer.of(0x01);

/** SHA-256(0x00 ‖ line), the line without its LF (RFC 9162 §2.1.1). */
export function leafHash(line: string | Buffer): Buffer {
  return createHash('sha256').update(LEAF).update(line).digest();
}

/** Root of the tree over leaf hashes, in order; of no leaves SHA-256 of the empty string (RFC 9162 §2.1.1). */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  const tree = new MerkleAccumulator();
  for (const leaf of leaves) tree.append(leaf);
  return tree.root();
}

/**
 * The same root from leaf hashes that come one at a time, in O(log n) memory: `peaks` holds the roots of the
 * complete subtrees that the binary digits of `size` name, the largest first.
 */
export class MerkleAccumulator {
  private readonly peaks: Buffer[] = [];
  private count = 0;

  get size(): number {
    return this.count;
  }

  append(leaf: Buffer): void {
    let subtree = leaf;
    for (let digits = this.count; digits % 2 === 1; digits = Math.floor(digits / 2)) {
      subtree = nodeHash(this.peaks.pop()!, subtree);
    }
    this.peaks.push(subtree);
    this.count++;
  }

  root(): Buffer {
    if (this.count === 0) return sha256('');
    return this.peaks.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** The sibling hashes from the leaf at `index` up to the root (RFC 9162 §2.1.3.1). */
export function inclusionProof(leaves: readonly Buffer[], index: number): Buffer[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new DomainError('NOT_FOUND', `Leaf ${index} is not among the ${leaves.length} leaves of the tree.`);
  }
  const proof: Buffer[] = [];
  let start = 0;
  let end = leaves.length;
  while (end - start > 1) {
    const split = start + largestPowerOfTwoBelow(end - start);
    if (index < split) {
      proof.unshift(merkleRoot(leaves.slice(split, end)));
      end = split;
    } else {
      proof.unshift(merkleRoot(leaves.slice(start, split)));
      start = split;
    }
  }
  return proof;
}

/** The root that a leaf hash and its proof lead to; undefined where the proof has the wrong length (§2.1.3.2). */
export function rootOfInclusionProof(
  leaf: Buffer,
  index: number,
  size: number,
  proof: readonly Buffer[],
): Buffer | undefined {
  if (index < 0 || index >= size) return undefined;
  let node = index;
  let last = size - 1;
  let root = leaf;
  for (const sibling of proof) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      root = nodeHash(sibling, root);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      root = nodeHash(root, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? root : undefined;
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}

function largestPowerOfTwoBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
