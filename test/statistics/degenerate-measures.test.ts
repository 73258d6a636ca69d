import { describe, expect, it } from 'vitest';
import { analysisOfVariance } from '../../src/statistics/analysis-of-variance.ts';
import { centreEffect } from '../../src/statistics/centre-effect.ts';
import { colour } from '../../src/statistics/colour.ts';
import { drift } from '../../src/statistics/drift.ts';
import { kruskalWallis } from '../../src/statistics/kruskal-wallis.ts';
import { momentTable } from '../../src/statistics/moment-table.ts';
import { THRESHOLDS } from '../../src/statistics/thresholds.ts';
import { varianceComponents } from '../../src/statistics/variance-components.ts';
import { separateUnits } from './measured-rows.ts';
import { hasOracles, ORACLES_ABSENT, oracle } from './oracle.ts';

/** The required answer to a case, without what is not part of an estimate. */
function required(when: string) {
  const { expected } = oracle('99_degenerate', 'rules');
  const rule = expected.find((candidate: { when: string }) => candidate.when === when);
  if (rule === undefined) throw new Error(`No required answer to "${when}".`);
  return rule.expect;
}

const table = (values: readonly number[], names: readonly string[]) => {
  const rows = separateUnits(values, names);
  return momentTable(rows.units, rows.values, rows.factor);
};
const series = (means: readonly number[]) => ({
  group: 0,
  length: 1,
  starts: Int32Array.from(means, (_, i) => i),
  means: Float64Array.from(means),
  withinDeviation: 1,
  imageCount: 100,
  unitCount: 50,
});

describe.skipIf(!hasOracles)(`the required answers of measurement${ORACLES_ABSENT}`, () => {
  it('no image', () => {
    const answer = required('no image');
    expect(analysisOfVariance(table([], [])).omegaSquared).toMatchObject(answer);
    expect(kruskalWallis(separateUnits([], [])).epsilonSquared).toMatchObject(answer);
    expect(varianceComponents(table([], [])).intraclassCorrelation).toMatchObject(answer);
  });
  it('fewer than ten units', () => {
    const { status, ci, severity } = required('n_units < 10');
    const names = ['a', 'b', 'c', 'a', 'b', 'c', 'a', 'b', 'c'];
    const cells = table([1, 4, 6, 2, 3, 7, 2, 5, 5], names);
    const { omegaSquared } = analysisOfVariance(cells);
    const { location } = centreEffect([cells])[0]![0]!;
    for (const figure of [omegaSquared, location]) {
      expect(figure).toMatchObject({ status, interval: ci });
      expect(figure.value).toBeTypeOf('number');
      expect(colour(figure, THRESHOLDS.omegaSquared.bands).colour).toBe(severity);
    }
  });
  it('one level', () => {
    const answer = required('one class / one stratum');
    const names = ['a', 'a', 'a'];
    expect(analysisOfVariance(table([1, 2, 3], names)).omegaSquared).toMatchObject(answer);
    expect(kruskalWallis(separateUnits([1, 2, 3], names)).epsilonSquared).toMatchObject(answer);
    expect(varianceComponents(table([1, 2, 3], names)).intraclassCorrelation).toMatchObject(answer);
    expect(centreEffect([table([1, 2, 3], names)])[0]![0]!.location).toMatchObject(answer);
  });
  it('no variance inside the levels', () => {
    const { eta2, F, status, reason } = required('ANOVA: SSW=0 and SSB>0');
    const { etaSquared, fStatistic } = analysisOfVariance(table([1, 1, 2, 2], ['a', 'a', 'b', 'b']));
    expect(etaSquared).toMatchObject({ value: eta2, status, reason });
    expect(fStatistic).toMatchObject({ value: F, status, reason });
  });
  it('a constant', () => {
    const { eta2, status, reason } = required('ANOVA: SST=0');
    const { etaSquared } = analysisOfVariance(table([2, 2, 2, 2], ['a', 'a', 'b', 'b']));
    expect(etaSquared).toMatchObject({ value: eta2, status, reason });
  });
  it('a variance component below zero', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'a', 'b', 'c', 'd', 'e'];
    const { factorVariance } = varianceComponents(table([1, 1, 1, 1, 1, 2, 2, 2, 2, 2], names));
    expect(factorVariance).toMatchObject(required('variance component < 0'));
  });
  it('a series of fewer than ten periods, or of equal ones', () => {
    const { status } = required('Mann-Kendall n<10 periods or all equal');
    expect(status).toBe('INSUFFICIENT or UNDEFINED');
    expect(drift(series([1, 2, 3])).totalDrift).toMatchObject({ value: null, status: 'INSUFFICIENT' });
    const equal = new Array<number>(12).fill(3);
    expect(drift(series(equal)).totalDrift).toMatchObject({ value: null, status: 'UNDEFINED' });
  });
});
