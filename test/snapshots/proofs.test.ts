import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leafHash, merkleRoot, rootOfInclusionProof } from '../../src/kernel/merkle.ts';
import { checkInclusionProof, inclusionPath } from '../../src/snapshots/inclusion.ts';
import { tombstoneLine } from '../../src/snapshots/manifest-line.ts';
import { snapshotDigest } from '../../src/snapshots/snapshot-header.ts';
import { commandsOf, holotype } from '../app/cli/command.ts';
import { type House, openHouse } from '../support/house.ts';
import { addImages, newDataset, noiseImage, publish } from '../support/specimens.ts';

describe('a path by shards', () => {
  it('is the path of the whole tree, for every leaf of 1 to 70, in shards of 1, 2, 4, 8 and 64', () => {
    for (let size = 1; size <= 70; size++) {
      const leaves = Array.from({ length: size }, (_, index) => leafHash(`leaf ${index}`));
      const root = merkleRoot(leaves);
      for (const width of [1, 2, 4, 8, 64]) {
        const shards = Array.from({ length: Math.ceil(size / width) }, (_, shard) =>
          leaves.slice(shard * width, (shard + 1) * width),
        );
        const roots = shards.map(merkleRoot);
        for (let index = 0; index < size; index++) {
          const shard = Math.floor(index / width);
          const path = inclusionPath(shards[shard]!, index % width, roots, shard);
          expect(rootOfInclusionProof(leaves[index]!, index, size, path)).toEqual(root);
        }
      }
    }
  });
});

describe('the proof of an image', () => {
  let house: House;
  let place: string;
  let digest: string;
  let lines: string[];
  const proofOf = async (image: string, token?: string | null) =>
    house.fetch(`/snapshots/${digest}/proofs/${image}`, { token });

  beforeAll(async () => {
    house = await openHouse();
    place = await mkdtemp(join(tmpdir(), 'holotype-proofs-'));
    await newDataset(house, 'plants');
    const images = await Promise.all(
      [1, 2, 3, 4, 5].map(async (seed) => [`${seed}.png`, await noiseImage(seed)] as const),
    );
    await addImages(house, 'plants', Object.fromEntries(images));
    digest = await publish(house, 'plants');
    const manifest = await (await house.fetch(`/snapshots/${digest}/manifest-00000.jsonl`)).text();
    lines = manifest.trimEnd().split('\n');
  });
  afterAll(async () => {
    await house?.stop();
    await rm(place, { recursive: true, force: true });
  });

  it('is served for every image, by HTTP and GraphQL, and proves its line against the digest alone', async () => {
    for (const [index, line] of lines.entries()) {
      const { id } = JSON.parse(line);
      const text = await (await proofOf(id)).text();
      expect(checkInclusionProof(text, digest)).toEqual(JSON.parse(line));
      const { header: _, ...proof } = JSON.parse(text);
      expect(proof).toMatchObject({ index, size: lines.length, line });
      const { snapshot } = await house.ask(
        `query ($digest: String!, $image: ID!) { snapshot(digest: $digest) { inclusionProof(image: $image) { index size line path } } }`,
        { digest, image: id },
      );
      expect(snapshot.inclusionProof).toEqual(proof);
    }
  });

  it('is told of several images in one answer, each by itself, and of one that is not there by a fault of its own', async () => {
    const [one, other] = [JSON.parse(lines[4]!).id, JSON.parse(lines[1]!).id];
    const ask = (third: string) =>
      house.send(
        `query ($digest: String!, $one: ID!, $other: ID!, $third: ID!) { snapshot(digest: $digest) {
           one: inclusionProof(image: $one) { index line } other: inclusionProof(image: $other) { index line }
           third: inclusionProof(image: $third) { index line } } }`,
        { digest, one, other, third },
      );
    expect((await ask(one)).body.data.snapshot).toEqual({
      one: { index: 4, line: lines[4] },
      other: { index: 1, line: lines[1] },
      third: { index: 4, line: lines[4] },
    });
    for (const [third, code] of [
      ['0'.repeat(32), 'NOT_FOUND'],
      ['f'.repeat(32), 'NOT_FOUND'],
      ['x', 'BAD_INPUT'],
    ] as const) {
      const { errors } = (await ask(third)).body;
      expect(errors).toMatchObject([{ path: ['snapshot', 'third'], extensions: { code } }]);
    }
  });

  it('is on the record, as every fetch', async () => {
    const [{ n }] = await house.services.db.query(
      `SELECT count(*)::int AS n FROM audit_event WHERE action = 'snapshot.fetch' AND phase = 'SUCCEEDED' AND detail LIKE '%proofs/%'`,
    );
    expect(n).toBeGreaterThanOrEqual(lines.length);
  });

  it('is not there for an image that is not in the snapshot, nor for who may not fetch it', async () => {
    expect((await proofOf('0'.repeat(32))).status).toBe(404);
    expect((await proofOf('f'.repeat(32))).status).toBe(404);
    expect((await proofOf('x')).status).toBe(400);
    await newDataset(house, 'others');
    const stranger = await house.tokenOf('READER', 'others');
    const { id } = JSON.parse(lines[0]!);
    expect((await proofOf(id, stranger)).status).toBe(404);
    expect((await proofOf(id, null)).status).toBe(401);
  });

  it('of a withdrawn image proves its leaf hash and nothing else', async () => {
    const { id } = JSON.parse(lines[1]!);
    const proof = JSON.parse(await (await proofOf(id)).text());
    const leaf = leafHash(lines[1]!).toString('hex');
    const gone = JSON.stringify({ ...proof, line: tombstoneLine({ leaf, withdrawn: '2026-03-02' }) });
    expect(checkInclusionProof(gone, digest)).toEqual({ leaf, withdrawn: '2026-03-02' });
  });

  it('is refused, whatever member was altered', async () => {
    const { id } = JSON.parse(lines[2]!);
    const proof = JSON.parse(await (await proofOf(id)).text());
    const altered = fc.constantFrom('index', 'size', 'line', 'path', 'header', 'drop', 'add');
    fc.assert(
      fc.property(altered, fc.nat(), (member, at) => {
        const flip = (text: string) => {
          const place = at % text.length;
          return `${text.slice(0, place)}${text[place] === '0' ? '1' : '0'}${text.slice(place + 1)}`;
        };
        const path: string[] = proof.path;
        const changes: Record<string, object> = {
          index: { index: (proof.index + 1 + (at % (proof.size - 1))) % proof.size },
          size: { size: proof.size + 1 + (at % 9) },
          line: { line: flip(proof.line) },
          header: { header: flip(proof.header) },
          path: { path: path.map((hash, step) => (step === at % path.length ? flip(hash) : hash)) },
          drop: { path: path.slice(1) },
          add: { path: [...path, path[0]] },
        };
        const text = JSON.stringify({ ...proof, ...changes[member] });
        expect(() => checkInclusionProof(text, digest)).toThrow(/altered|proof is of|cannot be read/);
      }),
    );
  });

  it('of another snapshot is refused and named', async () => {
    const { id } = JSON.parse(lines[0]!);
    const other = snapshotDigest('another');
    const text = await (await proofOf(id)).text();
    expect(() => checkInclusionProof(text, other)).toThrow(`The proof is of the snapshot ${digest}`);
  });

  it('is checked offline by `holotype verify-proof`, and by a stranger’s thirty lines', async () => {
    const { id } = JSON.parse(lines[3]!);
    const proof = JSON.parse(await (await proofOf(id)).text());
    const [right, wrong] = [join(place, 'right.json'), join(place, 'wrong.json')];
    await writeFile(right, JSON.stringify(proof));
    await writeFile(wrong, JSON.stringify({ ...proof, index: (proof.index + 1) % proof.size }));
    const nowhere = { environment: { HOLOTYPE_SERVER: 'http://127.0.0.1:1' } };
    const told = await holotype(['verify-proof', right, digest], nowhere);
    expect([told.status, told.stdout]).toEqual([0, expect.stringContaining(`${id} is in ${digest}`)]);
    const refused = await holotype(['verify-proof', wrong, digest], nowhere);
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('PIN_MISMATCH')]);
    const python = (file: string) =>
      new Promise<[number, string]>((done) => {
        execFile('python3', ['docs/verify_proof.py', file, digest], (error, stdout, stderr) =>
          done([error ? Number(error.code) : 0, stdout + stderr]),
        );
      });
    expect(await python(right)).toEqual([0, expect.stringContaining(`VERIFIED ${id}`)]);
    expect(await python(wrong)).toEqual([1, expect.stringContaining('NOT VERIFIED')]);
  });

  it('has commands of the house beside it', async () => {
    expect((await commandsOf(house)('verify-proof', join(place, 'none.json'), digest)).stderr).toContain(
      'There is no file',
    );
  });
});
