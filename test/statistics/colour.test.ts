import { describe, expect, it } from 'vitest';
import { type Bands, colour } from '../../src/statistics/colour.ts';
import { estimate, notEstimable } from '../../src/statistics/estimate.ts';
import { missingVerdict } from '../../src/statistics/missing-verdict.ts';
import { representationVerdict } from '../../src/statistics/representation-verdict.ts';
import { THRESHOLDS } from '../../src/statistics/thresholds.ts';
import { worstColour } from '../../src/statistics/worst-colour.ts';

const above: Bands = { worse: 'ABOVE', amber: 0.1, red: 0.3 };
const below: Bands = { worse: 'BELOW', amber: 0.8, red: 0.667 };

function from(lower: number, upper: number, unitCount = 100) {
  const interval = { lower, upper, level: 0.95, method: 'any' };
  return estimate({ value: (lower + upper) / 2, interval, imageCount: 500, unitCount, method: 'any' });
}

describe('the colour rule', () => {
  it.each([
    [0.01, 0.09, 'GREEN', 'CONFIRMED'],
    [0.05, 0.15, 'AMBER', 'LIKELY'],
    [0.1, 0.29, 'AMBER', 'CONFIRMED'],
    [0.2, 0.4, 'AMBER', 'LIKELY'],
    [0.3, 0.5, 'RED', 'CONFIRMED'],
    [0.05, 0.35, 'GREY', 'UNRESOLVED'],
  ])('gives [%f, %f] of a bigger-is-worse effect %s, %s', (lower, upper, wanted, certainty) => {
    expect(colour(from(lower, upper), above)).toMatchObject({ colour: wanted, certainty });
  });
  it.each([
    [0.8, 0.9, 'GREEN'],
    [0.7, 0.85, 'AMBER'],
    [0.5, 0.66, 'RED'],
    [0.5, 0.9, 'GREY'],
  ])('gives [%f, %f] of a bigger-is-better effect %s', (lower, upper, wanted) => {
    expect(colour(from(lower, upper), below).colour).toBe(wanted);
  });
  it.each([
    [0.9, 1.1, 'GREEN'],
    [1.3, 1.7, 'AMBER'],
    [0.55, 0.75, 'AMBER'],
    [2.1, 3, 'RED'],
    [0.2, 0.4, 'RED'],
    [0.3, 1, 'GREY'],
  ])('takes the worse side of the ratio [%f, %f]: %s', (lower, upper, wanted) => {
    expect(colour(from(lower, upper), THRESHOLDS.representationRatio.bands).colour).toBe(wanted);
  });
  it('is GREY below 30 units, however narrow the interval', () => {
    expect(colour(from(0.01, 0.02, 29), above)).toMatchObject({ colour: 'GREY', unitsNeeded: 30 });
    expect(colour(from(0.01, 0.02, 30), above).colour).toBe('GREEN');
  });
  it('is GREY for any status but OK', () => {
    const boundary = estimate({ ...from(0, 0.05), status: 'BOUNDARY', reason: 'NEGATIVE_ESTIMATE' });
    expect(colour(boundary, above)).toEqual({ colour: 'GREY', certainty: 'UNRESOLVED', unitsNeeded: null });
  });
  it('says how many units would make the interval narrower than the amber band', () => {
    expect(colour(from(0, 0.4), above).unitsNeeded).toBe(400);
  });
  it('judges a deterministic finding by its value at any number of units', () => {
    const duplicates = estimate({ value: 0.5, imageCount: 4, unitCount: 2, method: 'any' });
    expect(colour(duplicates, above, true)).toMatchObject({ colour: 'RED', certainty: 'CONFIRMED' });
    expect(colour(duplicates, above).colour).toBe('GREY');
  });
});

describe('the colour of a report', () => {
  it('is the worst of its headlines, GREY standing between GREEN and AMBER', () => {
    expect(worstColour(['GREEN', 'GREY', 'AMBER', 'RED'])).toBe('RED');
    expect(worstColour(['GREEN', 'GREY', 'AMBER'])).toBe('AMBER');
    expect(worstColour(['GREEN', 'GREY'])).toBe('GREY');
    expect(worstColour(['GREEN'])).toBe('GREEN');
    expect(worstColour([])).toBe('GREY');
  });
});

describe('the colour of missing metadata', () => {
  const { bands } = THRESHOLDS.shareMissing;
  it('is one step worse where missingness depends on the label', () => {
    expect(missingVerdict(from(0.01, 0.02), null, bands).colour).toBe('GREEN');
    expect(missingVerdict(from(0.01, 0.02), from(0.1, 0.3), bands).colour).toBe('AMBER');
    expect(missingVerdict(from(0.06, 0.1), from(0.1, 0.3), bands).colour).toBe('RED');
    expect(missingVerdict(from(0.01, 0.02), from(0.05, 0.3), bands).colour).toBe('GREEN');
  });
});

describe('the colour of a stratum', () => {
  const { bands } = THRESHOLDS.representationRatio;
  it('that the target does not have is AMBER once images lie there', () => {
    const outside = notEstimable('NOT_APPLICABLE', 'OUT_OF_TARGET', {
      imageCount: 9,
      unitCount: 3,
      method: 'any',
    });
    expect(representationVerdict(outside, 0, bands)).toMatchObject({ colour: 'AMBER' });
  });
  it('of less than one percent of the target is not given', () => {
    expect(representationVerdict(from(0.1, 0.2), 0.009, bands)).toBeNull();
    expect(representationVerdict(from(0.1, 0.2), 0.01, bands)).toMatchObject({ colour: 'RED' });
  });
});

describe('the default thresholds', () => {
  it('begin amber before red, and say where they come from', () => {
    for (const { bands, source } of Object.values(THRESHOLDS)) {
      expect(source.length).toBeGreaterThan(10);
      const sides: { worse: string; amber: number; red: number }[] =
        bands.worse === 'BOTH'
          ? [
              { worse: 'BELOW', ...bands.below },
              { worse: 'ABOVE', ...bands.above },
            ]
          : [bands];
      for (const { worse, amber, red } of sides)
        expect(worse === 'ABOVE' ? amber < red : amber > red).toBe(true);
    }
  });
});
