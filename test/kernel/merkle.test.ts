import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  inclusionProof,
  leafHash,
  MerkleAccumulator,
  merkleRoot,
  rootOfInclusionProof,
} from '../../src/kernel/merkle.ts';
import { sha256 } from '../../src/kernel/sha256.ts';

const EXAMPLE = join(process.env.HOLOTYPE_SHARED ?? join(process.cwd(), '../shared'), 'examples/snapshot');

/** Test vectors of Certificate Transparency (RFC 6962): leaves, and the root over the first n of them. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => Buffer.from(hex, 'hex'));
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** The definition of RFC 9162 §2.1.1, word for word. */
function definition(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256('');
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return createHash('sha256')
    .update(Buffer.of(1))
    .update(definition(leaves.slice(0, k)))
    .update(definition(leaves.slice(k)))
    .digest();
}

const leavesOf = (size: number) => Array.from({ length: size }, (_, index) => leafHash(`line ${index}`));

describe('the Merkle tree', () => {
  it.each(ROOTS.map((root, size) => [size, root]))('has the known root over %i leaves', (size, root) => {
    expect(merkleRoot(LEAVES.slice(0, size as number).map(leafHash)).toString('hex')).toBe(root);
  });

  it('has the root that RFC 9162 defines, whatever its size', () => {
    for (let size = 0; size <= 130; size++)
      expect(merkleRoot(leavesOf(size))).toEqual(definition(leavesOf(size)));
  });

  it('is asked for its root at any time and goes on growing', () => {
    const tree = new MerkleAccumulator();
    for (const [index, leaf] of leavesOf(40).entries()) {
      tree.append(leaf);
      expect(tree.size).toBe(index + 1);
      expect(tree.root()).toEqual(definition(leavesOf(index + 1)));
    }
  });

  it('proves every leaf of every tree', () => {
    for (let size = 1; size <= 40; size++) {
      const leaves = leavesOf(size);
      leaves.forEach((leaf, index) => {
        expect(rootOfInclusionProof(leaf, index, size, inclusionProof(leaves, index))).toEqual(
          merkleRoot(leaves),
        );
      });
    }
  });

  it('proves no leaf that is another, stands elsewhere, or comes with a proof of another length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(), fc.nat(), (size, one, other) => {
        const leaves = leavesOf(size);
        const [index, elsewhere] = [one % size, other % size];
        const root = merkleRoot(leaves);
        const proof = inclusionProof(leaves, index);
        if (elsewhere !== index) {
          expect(rootOfInclusionProof(leaves[elsewhere]!, index, size, proof)).not.toEqual(root);
          expect(rootOfInclusionProof(leaves[index]!, elsewhere, size, proof)).not.toEqual(root);
        }
        expect(rootOfInclusionProof(leaves[index]!, index, size, proof.slice(1))).not.toEqual(root);
        expect(rootOfInclusionProof(leaves[index]!, index, size, [...proof, root])).toBeUndefined();
      }),
    );
  });

  it('refuses a proof of a leaf that is not there', () => {
    expect(() => inclusionProof(leavesOf(3), 3)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });

  describe.skipIf(!existsSync(EXAMPLE))('on the shared example (HOLOTYPE_SHARED)', () => {
    it('has the root that the header of the example states', () => {
      const lines = readFileSync(join(EXAMPLE, 'manifest.jsonl'), 'utf8').trimEnd().split('\n');
      const header = JSON.parse(readFileSync(join(EXAMPLE, 'snapshot.json'), 'utf8'));
      expect(merkleRoot(lines.map(leafHash)).toString('hex')).toBe(header.root);
    });

    it('makes the proof that the example holds', () => {
      const lines = readFileSync(join(EXAMPLE, 'manifest.jsonl'), 'utf8').trimEnd().split('\n');
      const proof = JSON.parse(readFileSync(join(EXAMPLE, 'proof.json'), 'utf8'));
      const made = inclusionProof(lines.map(leafHash), proof.index).map((hash) => hash.toString('hex'));
      expect(made).toEqual(proof.path);
    });
  });
});
