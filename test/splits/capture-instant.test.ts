import { describe, expect, test } from 'vitest';
import { captureInstant } from '../../src/splits/capture-instant.ts';

describe('captureInstant', () => {
  test.each([
    ['2024-05-31', 'DATE', '2024-05-31T00:00:00.000000'],
    ['2024-05-31T09:30', 'LOCAL', '2024-05-31T09:30:00.000000'],
    ['2024-05-31T09:30:01.5', 'LOCAL', '2024-05-31T09:30:01.500000'],
    ['2024-05-31T09:30:01Z', 'ZONED', '2024-05-31T09:30:01.000000'],
    ['2024-01-01T00:30:00+02:00', 'ZONED', '2023-12-31T22:30:00.000000'],
    ['2024-02-28T23:30:00-05:30', 'ZONED', '2024-02-29T05:00:00.000000'],
  ])('%s is a %s with the key %s', (text, kind, key) => {
    expect(captureInstant(text)).toEqual({ kind, key });
  });

  test.each([
    '2023-02-29',
    '2024-13-01',
    '2024-05-31T24:00',
    '2024-05-31T09:60',
    '2024:05:31 09:30:00',
    '2024-05-31 09:30',
    '2024',
    'yesterday',
    '',
    '2024-05-31T09:30:01.1234567Z',
    '2024-05-31T09:30+15:00',
  ])('%j is not read', (text) => {
    expect(captureInstant(text)).toBeNull();
  });
});
