import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareText } from '../../src/kernel/compare-text.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '￰', '\u{1f331}', '\u{10ffff}'), maxLength: 4 });

test('texts are ordered as their UTF-8 bytes are', () => {
  fc.assert(
    fc.property(text, text, (first, second) => {
      const bytes = Buffer.compare(Buffer.from(first), Buffer.from(second));
      expect(Math.sign(compareText(first, second))).toBe(bytes);
    }),
  );
});
