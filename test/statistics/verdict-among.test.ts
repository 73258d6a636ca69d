import { describe, expect, it } from 'vitest';
import { colour } from '../../src/statistics/colour.ts';
import { estimate } from '../../src/statistics/estimate.ts';
import { verdictAmong } from '../../src/statistics/verdict-among.ts';

const bands = { worse: 'ABOVE', amber: 0.1, red: 0.3 } as const;
const figure = (value: number, lower: number, upper: number, q: number | null = null) =>
  estimate({
    value,
    interval: { lower, upper, level: 0.95, method: 'test' },
    p: q,
    q,
    imageCount: 500,
    unitCount: 100,
    method: 'test',
  });
const among = (made: ReturnType<typeof figure>, comparisons: number, nothing = 0) =>
  verdictAmong(colour(made, bands), made, { comparisons, nothing });

describe('A figure that is one of many', () => {
  it('is GREY where it touches amber and may as well be nothing', () => {
    const made = figure(0.06, 0, 0.12);
    expect(colour(made, bands).colour).toBe('AMBER');
    expect(among(made, 1)).toMatchObject({ colour: 'GREY', certainty: 'UNRESOLVED', unitsNeeded: 100 });
  });

  it('stays AMBER where its test holds among all others', () => {
    expect(among(figure(0.09, 0.03, 0.15, 0.01), 100).colour).toBe('AMBER');
    expect(among(figure(0.09, 0.03, 0.15, 0.2), 1).colour).toBe('GREY');
  });

  it('without a test is judged at a level that counts the comparisons', () => {
    const made = figure(0.09, 0.03, 0.15);
    expect(among(made, 1).colour).toBe('AMBER');
    expect(among(made, 50).colour).toBe('GREY');
  });

  it('is never GREEN for it, and RED, GREEN and a whole interval in amber stay', () => {
    expect(among(figure(0.5, 0.31, 0.7), 1000).colour).toBe('RED');
    expect(among(figure(0.02, 0, 0.05), 1000).colour).toBe('GREEN');
    expect(among(figure(0.2, 0.11, 0.29), 1000)).toMatchObject({ colour: 'AMBER', certainty: 'CONFIRMED' });
  });

  it('below its value of nothing is judged towards it', () => {
    const ratio = { worse: 'BELOW', amber: 0.8, red: 0.5 } as const;
    const made = figure(0.85, 0.75, 0.95);
    const verdict = (comparisons: number) =>
      verdictAmong(colour(made, ratio), made, { comparisons, nothing: 1 }).colour;
    expect([verdict(1), verdict(100)]).toEqual(['AMBER', 'GREY']);
  });
});
