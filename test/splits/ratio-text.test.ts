import { expect, test } from 'vitest';
import { ratioText } from '../../src/splits/ratio-text.ts';

test.each([
  [0, 5, '0'],
  [5, 5, '1'],
  [7, 10, '0.7'],
  [1, 3, '0.333333'],
  [2, 3, '0.666667'],
  [1, 2_000_000, '0.000001'],
  [1, 2_000_001, '0'],
  [-1, 3, '-0.333333'],
  [-1, 9_000_000, '0'],
  [15, 10, '1.5'],
])('%i / %i is written %s', (numerator, denominator, text) => {
  expect(ratioText(numerator, denominator)).toBe(text);
});
