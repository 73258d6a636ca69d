import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDecimals, CANONICAL_DECIMAL, canonicalDecimal, negateDecimal } from '../../src/kernel/decimal.ts';

const finite = () => fc.double({ noNaN: true, noDefaultInfinity: true });
const decimal = () =>
  fc
    .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 12 }))
    .map(([digits, places]) => canonicalDecimal(`${digits}e-${places}`));

describe('canonicalDecimal', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['-0.000', '0'],
    ['+7', '7'],
    ['007.50', '7.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['12.5E-3', '0.0125'],
    ['-1.20e+1', '-12'],
    ['0e999999', '0'],
    [' 3.0 ', '3'],
    ['0.14300000000000002', '0.14300000000000002'],
    ['12345678901234567890.10', '12345678901234567890.1'],
  ])('writes %s as %s', (written, canonical) => {
    expect(canonicalDecimal(written)).toBe(canonical);
  });

  it.each([
    [0.1, '0.1'],
    [-0, '0'],
    [1e21, '1000000000000000000000'],
    [1e-7, '0.0000001'],
    [0.1 + 0.2, '0.30000000000000004'],
    [5e-324, `0.${'0'.repeat(323)}5`],
  ])('writes the number %d at its shortest round-trip text', (number, canonical) => {
    expect(canonicalDecimal(number)).toBe(canonical);
  });

  it.each([
    Number.NaN,
    Infinity,
    -Infinity,
    '',
    ' ',
    'NaN',
    '1,5',
    '1.2.3',
    '0x10',
    '1e',
    '--1',
    '.',
    '1e9999999',
  ])('refuses %s as INVALID_VALUE', (input) => {
    expect(() => canonicalDecimal(input)).toThrow(expect.objectContaining({ code: 'INVALID_VALUE' }));
  });

  it('refuses an exponent that would fill the memory', () => {
    expect(() => canonicalDecimal('1e999999')).toThrow(expect.objectContaining({ code: 'INVALID_VALUE' }));
  });

  it('gives every double a canonical text that reads back as the same double', () => {
    fc.assert(
      fc.property(finite(), (number) => {
        const text = canonicalDecimal(number);
        expect(text).toMatch(CANONICAL_DECIMAL);
        expect(Number(text)).toBe(number === 0 ? 0 : number);
      }),
    );
  });

  it('leaves a canonical decimal as it is', () => {
    fc.assert(fc.property(decimal(), (text) => canonicalDecimal(text) === text));
  });

  it('gives all writings of one number the same text', () => {
    fc.assert(
      fc.property(decimal(), fc.integer({ min: -30, max: 30 }), (text, shift) => {
        const written = `${canonicalDecimal(`${text}e${shift}`)}e${-shift}`;
        expect(canonicalDecimal(written)).toBe(text);
      }),
    );
  });
});

describe('addDecimals', () => {
  it('is exact where floating point is not', () => {
    expect(addDecimals('0.1', '0.2')).toBe('0.3');
    expect(addDecimals('225.084745762712', '-1')).toBe('224.084745762712');
  });

  it('is a commutative group with negateDecimal', () => {
    fc.assert(
      fc.property(decimal(), decimal(), decimal(), (a, b, c) => {
        expect(addDecimals(a, b)).toBe(addDecimals(b, a));
        expect(addDecimals(addDecimals(a, b), c)).toBe(addDecimals(a, addDecimals(b, c)));
        expect(addDecimals(a, '0')).toBe(a);
        expect(addDecimals(a, negateDecimal(a))).toBe('0');
        expect(addDecimals(a, b)).toMatch(CANONICAL_DECIMAL);
      }),
    );
  });
});
