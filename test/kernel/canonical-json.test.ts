import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/kernel/canonical-json.ts';

const key = fc.stringMatching(/^[\x20-\x7e]{0,8}$/);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 6 }),
  ),
}));

describe('canonicalJson', () => {
  it('writes what an independent RFC 8785 writer writes', () => {
    fc.assert(
      fc.property(value, (given) => canonicalJson(given) === canonicalize(given)),
      { numRuns: 1000 },
    );
  });

  it('does not depend on the order in which members were set', () => {
    fc.assert(
      fc.property(fc.dictionary(key, value, { noNullPrototype: true }), (given) => {
        expect(canonicalJson(Object.fromEntries(Object.entries(given).reverse()))).toBe(canonicalJson(given));
      }),
    );
  });

  it('writes text that reads back as the same value', () => {
    fc.assert(
      fc.property(value, (given) => canonicalJson(JSON.parse(canonicalJson(given))) === canonicalJson(given)),
    );
  });

  it('drops members that are undefined and writes no -0', () => {
    expect(canonicalJson({ b: undefined, a: [-0] })).toBe('{"a":[0]}');
  });

  it('keeps a member named __proto__', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":1}'))).toBe('{"__proto__":1}');
  });

  it.each([
    ['a fraction', { a: [{ b: 1.5 }] }, '$.a[0].b'],
    ['NaN', { a: Number.NaN }, '$.a'],
    ['an integer beyond 2^53', [2 ** 53], '$[0]'],
    ['a lone surrogate', { a: '\ud800' }, '$.a'],
    ['a key that is not ASCII', { ü: 1 }, '$.ü'],
    ['undefined in an array', [undefined], '$[0]'],
    ['a date', { at: new Date(0) }, '$.at'],
    ['a big integer', { a: 1n }, '$.a'],
  ])('refuses %s and names its path', (_, given, path) => {
    expect(() => canonicalJson(given)).toThrow(
      expect.objectContaining({ code: 'INVALID_VALUE', message: expect.stringContaining(`${path}:`) }),
    );
  });
});
