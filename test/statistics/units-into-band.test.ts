import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitsIntoBand } from '../../src/statistics/units-into-band.ts';

const band = { lower: 0.8, upper: 1.2 };

describe('the units that bring a stratum into the band', () => {
  it('are of the stratum where there are too few: 10 of 100 against .2 need 8 more', () => {
    // (10 + x)/(100 + x) ≥ .16: x ≥ 6/.84 = 7.14…
    expect(unitsIntoBand(10, 100, 0.2, band)).toEqual({ ofStratum: 8, ofOthers: 0, reason: null });
  });
  it('are of the others where there are too many: 60 of 100 against .4 need 25 others', () => {
    expect(unitsIntoBand(60, 100, 0.4, band)).toEqual({ ofStratum: 0, ofOthers: 25, reason: null });
  });
  it('are none within the band', () => {
    expect(unitsIntoBand(20, 100, 0.2, band)).toEqual({ ofStratum: 0, ofOthers: 0, reason: null });
  });
  it('are both where one unit is already too many: none of 10 against .01', () => {
    const { ofStratum, ofOthers } = unitsIntoBand(0, 10, 0.01, band);
    expect([ofStratum, ofOthers]).toEqual([1, 73]);
  });
  it('cannot be had for a stratum the target does not have', () => {
    expect(unitsIntoBand(5, 100, 0, band)).toMatchObject({ ofStratum: null, reason: 'OUT_OF_TARGET' });
    expect(unitsIntoBand(5, 100, 0.9, { lower: 1.2, upper: 2 })).toMatchObject({ reason: 'NOT_REACHABLE' });
  });
  it('bring it there, and one fewer of the stratum alone would not', () => {
    const share = fc.double({ min: 0.001, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(2000), share, (units, others, pi) => {
        const all = units + others;
        const { ofStratum, ofOthers } = unitsIntoBand(units, all, pi, band);
        const ratio = (x: number, y: number) => (units + x) / (all + x + y) / pi;
        expect(ratio(ofStratum!, ofOthers!)).toBeGreaterThanOrEqual(0.8 - 1e-6);
        expect(ratio(ofStratum!, ofOthers!)).toBeLessThanOrEqual(1.2 + 1e-6);
        if (ofOthers === 0 && ofStratum! > 0 && all > 0) expect(ratio(ofStratum! - 1, 0)).toBeLessThan(0.8);
      }),
    );
  });
});
