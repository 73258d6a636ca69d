import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/kernel/canonical-json.ts';
import {
  imagePath,
  type ManifestEntry,
  manifestLine,
  parseManifestLine,
  tombstoneLine,
} from '../../src/snapshots/manifest-line.ts';

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const bytesEntry: fc.Arbitrary<ManifestEntry> = fc.record({
  id: hex(32),
  ann: hex(64),
  meta: hex(64),
  media: fc.constantFrom('image/png', 'image/tiff', 'application/unheard-of', null),
  parts: fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.string({ unit: 'grapheme' }), {
    noNullPrototype: true,
  }),
  pixels: fc.constant('bytes' as const),
  sha256: hex(64),
  size: fc.nat(),
});
const entry: ManifestEntry = {
  ...{
    id: 'a'.repeat(32),
    ann: 'b'.repeat(64),
    meta: 'c'.repeat(64),
    media: 'image/png',
    parts: { holdout: 'train' },
  },
  ...{ pixels: 'bytes', sha256: 'd'.repeat(64), size: 7 },
};

describe('a manifest line', () => {
  it('has its members in the order of their names', () => {
    expect(manifestLine(entry)).toBe(
      `{"ann":"${entry.ann}","id":"${entry.id}","media":"image/png","meta":"${entry.meta}","parts":{"holdout":"train"},` +
        `"path":"images/${entry.id}.png","pixels":"bytes","sha256":"${entry.sha256}","size":7}`,
    );
  });

  it('reads back as what was written', () => {
    fc.assert(
      fc.property(bytesEntry, (given) => {
        expect(parseManifestLine(Buffer.from(manifestLine(given)))).toEqual({
          ...given,
          path: imagePath(given.id, given.media),
        });
      }),
    );
  });

  it('may leave digest and size of a reference unsaid, not of bytes that are held', () => {
    expect(manifestLine({ ...entry, pixels: 'reference', sha256: null, size: null })).toContain(
      '"sha256":null,"size":null',
    );
    expect(() => manifestLine({ ...entry, sha256: null })).toThrow(
      expect.objectContaining({ code: 'INVALID_VALUE' }),
    );
  });

  it.each([
    ['id', '../../etc/passwd'],
    ['id', 'A'.repeat(32)],
    ['ann', 'b'],
    ['sha256', 'd'.repeat(63)],
    ['size', -1],
    ['size', 0.5],
    ['salt', 'short'],
  ])('refuses the %s %j', (member, value) => {
    expect(() => manifestLine({ ...entry, [member]: value })).toThrow(
      expect.objectContaining({ code: 'INVALID_VALUE' }),
    );
  });

  it.each([
    ['a path outside images/', canonicalJson({ ...entry, path: '../../.bashrc' })],
    ['a member more', canonicalJson({ ...entry, path: imagePath(entry.id, entry.media), z: 1 })],
    ['a blank', `${manifestLine(entry)} `],
    ['a member twice', manifestLine(entry).replace('{', '{"ann":"x",')],
    [
      'a tombstone with more in it',
      canonicalJson({ leaf: 'a'.repeat(64), withdrawn: '2026-03-02', why: 'x' }),
    ],
    ['no object', '1'],
    ['null', 'null'],
  ])('is refused with %s', (_, line) => {
    expect(() => parseManifestLine(Buffer.from(line))).toThrow(
      expect.objectContaining({ code: 'MALFORMED_FILE' }),
    );
  });

  it('is refused where its bytes are not UTF-8', () => {
    const line = Buffer.from(manifestLine({ ...entry, parts: { holdout: 'x' } }));
    line[line.indexOf('"x"') + 1] = 0xff;
    expect(() => parseManifestLine(line)).toThrow(expect.objectContaining({ code: 'MALFORMED_FILE' }));
  });
});

describe('a tombstone', () => {
  it('holds the leaf and the date, and reads back', () => {
    const tombstone = { leaf: 'a'.repeat(64), withdrawn: '2026-03-02' };
    expect(parseManifestLine(Buffer.from(tombstoneLine(tombstone)))).toEqual(tombstone);
  });
});
