import { describe, expect, test } from 'vitest';
import { splitBalance } from '../../src/splits/split-balance.ts';
import { imageId } from './subjects.ts';

const assignment = Array.from({ length: 10 }, (_, n) => ({
  image: imageId(n),
  part: n < 8 ? 'train' : 'test',
}));

describe('splitBalance', () => {
  test('compares the share of a level in each part with its share of all', () => {
    const levels = new Map(assignment.map(({ image }, n) => [image, n % 2 === 0 || n === 9 ? ['sick'] : []]));
    expect(splitBalance('state', ['train', 'test'], assignment, levels)).toEqual({
      factor: 'state',
      known: 6,
      missing: 4,
      status: 'OK',
      maxDeviation: '0.4',
      levels: [
        {
          level: 'sick',
          images: 6,
          share: '0.6',
          parts: [
            { part: 'train', images: 4, share: '0.5' },
            { part: 'test', images: 2, share: '1' },
          ],
          maxDeviation: '0.4',
        },
      ],
    });
  });

  test('says that there is nothing to balance when no image has a value', () => {
    expect(splitBalance('state', ['train', 'test'], assignment, new Map())).toEqual({
      factor: 'state',
      known: 0,
      missing: 10,
      status: 'NOT_APPLICABLE',
      reason: 'NO_VALUES',
    });
  });

  test('refuses to call an identifier a factor', () => {
    const many = Array.from({ length: 1001 }, (_, n) => ({ image: imageId(n), part: 'train' }));
    const levels = new Map(many.map(({ image }) => [image, [image]]));
    expect(splitBalance('name', ['train'], many, levels)).toMatchObject({ reason: 'TOO_MANY_LEVELS' });
  });
});
