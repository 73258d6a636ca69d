import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageId } from '../../src/kernel/image-id.ts';

const DIGEST = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

describe('imageId', () => {
  it('is the first half of the hash that the format names', () => {
    const hashed = createHash('sha256').update(`holotype-image-id/1\0feuille-é.png\0${DIGEST}`).digest('hex');
    expect(imageId('feuille-é.png', DIGEST)).toBe(hashed.slice(0, 32));
  });

  it('differs for two names of the same bytes', () => {
    expect(imageId('a.png', DIGEST)).not.toBe(imageId('b.png', DIGEST));
  });

  it('exists for a reference with no declared digest', () => {
    const hashed = createHash('sha256').update('holotype-image-id/1\0a.png\0').digest('hex');
    expect(imageId('a.png', null)).toBe(hashed.slice(0, 32));
  });

  it('is 32 lower-case hexadecimal characters, whatever the name', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((name) => !name.includes('\0')),
        (name) => {
          expect(imageId(name, DIGEST)).toMatch(/^[0-9a-f]{32}$/);
        },
      ),
    );
  });

  it.each([
    ['a\0b', DIGEST],
    ['\ud800', DIGEST],
    ['a', 'E3'],
    ['a', DIGEST.toUpperCase()],
  ])('refuses name %j with digest %s', (name, digest) => {
    expect(() => imageId(name, digest)).toThrow(expect.objectContaining({ code: 'INVALID_VALUE' }));
  });
});
