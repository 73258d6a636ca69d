import { describe, expect, it } from 'vitest';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle } from '../statistics/oracle.ts';
import { type Given, images, reportOn, subjectsOf } from './subjects-fixture.ts';

function report(subjects: readonly Given[], { personal = false, classes = ['a', 'b'] } = {}) {
  return reportOn('ASSOCIATION', subjectsOf(subjects, { factors: ['site', 'view'], classes }), { personal });
}

describe('The association report', () => {
  it('finds the factor that gives the label away, and the pairs that do', () => {
    const made = report([
      ...images('site', { north: 90, south: 10 }, 'a'),
      ...images('site', { north: 10, south: 90 }, 'b'),
    ]);
    expect(made.cards[0]).toMatchObject({ kind: 'LABEL_ASSOCIATION', colour: 'RED', certainty: 'CONFIRMED' });
    expect(made.associations[0]!.plain.value).toBeCloseTo(0.8, 12);
    expect(made.pairs.map(({ label, level, lift }) => [label, level, lift.value])).toContainEqual([
      'a',
      'north',
      1.8,
    ]);
    expect(made.cards[0]!.caveats.map(({ code }) => code)).toContain('PATH_NOT_PROOF');
  });

  it('shows that a balanced factor does not go with the label', () => {
    const made = report([
      ...images('site', { north: 2000, south: 2000 }, 'a'),
      ...images('site', { north: 2000, south: 2000 }, 'b'),
    ]);
    expect(made.colour).toBe('GREEN');
    expect(made.pairs).toEqual([]);
  });

  it('leaves out images without the factor or without a label, and says how many', () => {
    const made = report([
      ...images('site', { north: 40, south: 40 }, 'a'),
      ...images('site', { north: 40, south: 40 }, 'b'),
      ...Array.from({ length: 40 }, () => ({ labels: ['a'], values: {} })),
      ...images('site', { north: 500 }, null),
    ]);
    expect(made.associations[0]).toMatchObject({ factor: 'site', corrected: { imageCount: 160 } });
    expect(made.associations[0]!.droppedShare.value).toBe(0.2);
    expect(made.cards[0]!.caveats.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['MISSING_DROPPED', 'UNLABELLED_DROPPED']),
    );
  });

  it('pools levels of fewer than five units', () => {
    const made = report([
      ...images('site', { north: 40, rare: 4, rarer: 3 }, 'a'),
      ...images('site', { north: 40, south: 40 }, 'b'),
    ]);
    expect(made.associations[0]!.levels).toBe(3);
  });

  it('takes each class as present or absent where images show several', () => {
    const made = report(
      [...images('site', { north: 50 }, ['a', 'c']), ...images('site', { south: 50 }, 'c')],
      { classes: ['a', 'b', 'c'] },
    );
    expect(made.associations[0]).toMatchObject({ label: 'a' });
    expect(made.associations[0]!.plain.value).toBeCloseTo(1, 12);
    expect(made.associations.find(({ label }) => label === 'b')!.corrected.reason).toBe('SINGLE_LEVEL');
    expect(made.pairs.every(({ label }) => label === 'a')).toBe(true);
  });

  it('of a personal dataset hides a pair of 1 to 4 images', () => {
    const made = report(
      [...images('site', { north: 90, south: 2 }, 'a'), ...images('site', { north: 2, south: 90 }, 'b')],
      { personal: true },
    );
    expect(made.pairs.length).toBeGreaterThan(0);
    for (const { images: shown, lift, npmi } of made.pairs)
      expect([shown.status, lift.status, npmi.status]).toEqual(['SUPPRESSED', 'SUPPRESSED', 'SUPPRESSED']);
  });

  it('is GREY without a label, with one class, and of no image', () => {
    for (const subjects of [
      [],
      images('site', { north: 50, south: 50 }, null),
      images('site', { north: 50, south: 50 }, 'a'),
    ])
      expect(report(subjects).colour).toBe('GREY');
  });

  it.skipIf(!hasOracles)(`agrees with the arthritis trial of the oracle${ORACLES_ABSENT}`, () => {
    const { input, expected, tolerance } = oracle('03_association', 'arthritis');
    const subjects = input.rows.flatMap((label: string, row: number) =>
      images(
        'site',
        Object.fromEntries(input.cols.map((column: string, at: number) => [column, input.table[row][at]])),
        label,
      ),
    );
    const [association] = report(subjects, { classes: input.rows }).associations;
    expectClose(association!.plain.value, expected.V, tolerance);
    expectClose(association!.corrected.value, expected.V_bc, tolerance);
    expectClose(association!.w.value, expected.w, tolerance);
    expectClose(association!.millerMadow.value, expected.MI_miller_madow, tolerance);
    expectClose(association!.normalized.value, expected.NMI_sqrt, tolerance);
    expectClose(association!.theilU.value, expected.U_row_given_col, tolerance);
    expectClose(association!.test.chiSquare, expected.X2, tolerance);
  });
});
