import { describe, expect, it } from 'vitest';
import { inferFactorKind } from '../../src/interchange/infer-factor-kind.ts';
import { readInstant } from '../../src/interchange/read-time.ts';

describe('inferFactorKind', () => {
  it.each([
    ['CONTINUOUS', ['1', '-2.5', '1e3', '']],
    ['CONTINUOUS', ['2017', '2018']],
    ['NOMINAL', ['007', '012']],
    ['NOMINAL', ['1', 'two']],
    ['NOMINAL', ['', '']],
    ['NOMINAL', []],
    ['NOMINAL', ['NaN', '1']],
    ['TIME', ['2026-05-04', '']],
    ['TIME', ['2026-05-04T09:30:00Z', '2026-05-04 09:30']],
    ['TIME', ['2026:05:04 09:30:11']],
    ['NOMINAL', ['2026-02-30']],
    ['NOMINAL', ['2026-05-04', 'January 22, 2020']],
  ])('finds %s in %j', (kind, values) => {
    expect(inferFactorKind(values)).toBe(kind);
  });
});

describe('readInstant', () => {
  it.each([
    ['2026-05-04T09:30:00Z', '2026-05-04T09:30:00Z'],
    ['2026-05-04t09:30:00.500+0200', '2026-05-04T07:30:00.5Z'],
    ['2026-12-31 23:30-01:00', '2027-01-01T00:30:00Z'],
    ['2024-02-29T00:00:00.000000001Z', '2024-02-29T00:00:00.000000001Z'],
  ])('writes %s in UTC', (text, instant) => {
    expect(readInstant(text)).toBe(instant);
  });

  it.each([
    '2026-05-04',
    '2026-05-04T09:30:00',
    '2026-02-30T00:00:00Z',
    '2026-05-04T25:00:00Z',
    '0000-01-01T00:00:00+01:00',
    '',
  ])('finds no instant in %s', (text) => {
    expect(readInstant(text)).toBeNull();
  });
});
