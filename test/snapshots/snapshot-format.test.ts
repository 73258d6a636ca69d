import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafHash, merkleRoot } from '../../src/kernel/merkle.ts';
import { sha256Hex } from '../../src/kernel/sha256.ts';
import { SHARD_LINES, shardCount, shardLines, shardName } from '../../src/snapshots/shards.ts';
import { buildSnapshot, type FixtureImage, someImages } from './snapshot-fixture.ts';

const image = fc.record({
  name: fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !name.includes('\0')),
  bytes: fc.option(fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes))),
  parts: fc.constantFrom<Record<string, string>[]>({}, { holdout: 'train' }, { holdout: 'Prüfung: 2' }),
  labels: fc.uniqueArray(
    fc.record({ annotator: fc.constantFrom('a', 'b', 'c'), label: fc.constantFrom('healthy', 'diseased') }),
    { selector: ({ annotator, label }) => annotator + label },
  ),
  factors: fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), { maxKeys: 4 }),
});
const images = fc.uniqueArray(image, { selector: ({ name }) => name, minLength: 1, maxLength: 8 });

const reversed = (record: Readonly<Record<string, string>> | undefined) =>
  Object.fromEntries(Object.entries(record ?? {}).reverse());
const turnedRound = (given: readonly FixtureImage[]): FixtureImage[] =>
  given
    .map((one) => ({ ...one, labels: [...one.labels].reverse(), factors: reversed(one.factors) }))
    .reverse();

describe('the snapshot format', () => {
  it('gives the same content the same bytes and the same digest in any order of input', () => {
    fc.assert(
      fc.property(images, (given) => {
        const [one, other] = [buildSnapshot(given), buildSnapshot(turnedRound(given))];
        expect(other.digest).toBe(one.digest);
        expect([...other.files]).toEqual([...one.files]);
      }),
    );
  });

  it('gives another label, factor, part, name or byte another digest', () => {
    const given = someImages(3);
    const changes: Partial<FixtureImage>[] = [
      { labels: [{ annotator: 'rater-1', label: 'diseased' }] },
      { factors: { Höhe: '9' } },
      { parts: { holdout: 'test' } },
      { name: 'another.png' },
      { bytes: Buffer.from('other bytes') },
    ];
    const digests = changes.map(
      (change) => buildSnapshot([{ ...given[0]!, ...change }, ...given.slice(1)]).digest,
    );
    expect(new Set([buildSnapshot(given).digest, ...digests]).size).toBe(changes.length + 1);
  });

  it('gives the known digest for a known content', () => {
    expect(buildSnapshot(someImages(3)).digest).toBe(
      'sha256:c5a9a0d97efb279b995dd32f701bc574a9fdfa5e864dc82a2da75afd7b2d47ad',
    );
  });

  it('is the hash of the header, whose root is over the manifest lines', () => {
    const { digest, files } = buildSnapshot(someImages(5));
    const header = files.get('snapshot.json')!;
    expect(digest).toBe(`sha256:${sha256Hex(header)}`);
    const lines = files.get('manifest-00000.jsonl')!.toString().trimEnd().split('\n');
    expect(JSON.parse(header.toString()).root).toBe(merkleRoot(lines.map(leafHash)).toString('hex'));
  });

  it('says in the header whether there are salts', () => {
    const salted = (sensitivity: 'NONE' | 'PERSONAL') =>
      JSON.parse(buildSnapshot(someImages(2), sensitivity).files.get('snapshot.json')!.toString()).salted;
    expect([salted('NONE'), salted('PERSONAL')]).toEqual([false, true]);
  });

  it('keeps the names of personal images out of every shard', () => {
    const { files } = buildSnapshot(someImages(4), 'PERSONAL');
    expect([...files.values()].some((bytes) => bytes.includes('leaf-é'))).toBe(false);
    expect(buildSnapshot(someImages(4)).files.get('metadata-00000.jsonl')!.includes('leaf-é')).toBe(true);
  });
});

describe('shards', () => {
  it('hold every line once, all but the last one full', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5_000_000 }), (size) => {
        const lines = Array.from({ length: shardCount(size) }, (_, shard) => shardLines(shard, size));
        expect(lines.reduce((sum, n) => sum + n, 0)).toBe(size);
        expect(lines.slice(0, -1).every((n) => n === SHARD_LINES)).toBe(true);
        expect(lines.every((n) => n > 0)).toBe(true);
      }),
    );
  });

  it('are named by five digits', () => {
    expect([shardName('manifest', 0), shardName('annotations', 15)]).toEqual([
      'manifest-00000.jsonl',
      'annotations-00015.jsonl',
    ]);
  });
});
