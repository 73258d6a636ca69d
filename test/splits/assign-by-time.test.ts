import { describe, expect, test } from 'vitest';
import { assignParts } from '../../src/splits/assign-parts.ts';
import { aRequest, partsByImage, refusal, subjects, THREE_PARTS } from './subjects.ts';

describe('a split by time', () => {
  const minute = (n: number) => `2024-05-31T09:${String(n).padStart(2, '0')}:00`;

  test('gives the earliest images to the first part', () => {
    const of = subjects(20, (n) => ({ time: minute(n) }));
    const part = partsByImage(assignParts(aRequest('BY_TIME', THREE_PARTS), of));
    const inOrder = of.map(({ image }) => part.get(image));
    expect(inOrder).toEqual([
      ...Array(14).fill('train'),
      ...Array(3).fill('validation'),
      ...Array(3).fill('test'),
    ]);
  });

  test('keeps the images of one instant together, also across zones', () => {
    const noon = ['2024-05-31T12:00:00Z', '2024-05-31T14:00:00+02:00', '2024-05-31T07:00-05:00'];
    const of = subjects(30, (n) => ({
      time: n < 10 ? '2024-05-31T11:59Z' : n < 20 ? noon[n % 3]! : '2024-06-01T00:00Z',
    }));
    const part = partsByImage(assignParts(aRequest('BY_TIME', 'train=0.5,test=0.5'), of));
    expect(new Set(of.slice(10, 20).map(({ image }) => part.get(image))).size).toBe(1);
  });

  test('refuses missing times, naming the images', () => {
    const of = subjects(5, (n) => ({ time: n === 3 ? null : minute(n) }));
    expect(refusal(aRequest('BY_TIME', THREE_PARTS), of)).toMatchObject({
      code: 'MISSING_GROUP_KEY',
      reasons: [{ path: [of[3]!.image, 'time'], code: 'MISSING_GROUP_KEY' }],
    });
  });

  test('refuses to order times with and without a zone, and says the way out', () => {
    const of = subjects(6, (n) => ({ time: n % 2 === 0 ? minute(n) : `${minute(n)}Z` }));
    const error = refusal(aRequest('BY_TIME', THREE_PARTS), of);
    expect(error.code).toBe('INVALID_VALUE');
    expect(error.reasons.map(({ path }) => path)).toEqual([
      ['time', 'LOCAL'],
      ['time', 'ZONED'],
    ]);
    expect(error.message).toContain('Import them all with a zone');
  });

  test('refuses a text that is not a time, naming its image', () => {
    const of = subjects(3, (n) => ({ time: n === 1 ? 'last spring' : minute(n) }));
    expect(refusal(aRequest('BY_TIME', THREE_PARTS), of)).toMatchObject({
      code: 'INVALID_VALUE',
      reasons: [{ path: [of[1]!.image, 'time'] }],
    });
  });
});
