import { describe, expect, it } from 'vitest';
import { type Given, type GivenPlan, reportOn, subjectsOf } from './subjects-fixture.ts';

function report(images: readonly Given[], plan: GivenPlan & { personal?: boolean }) {
  const { personal = false, ...own } = plan;
  return reportOn('SELECTION', subjectsOf(images, { classes: ['a', 'b'], ...own }), { personal });
}

/** The operator is unknown for half of the south and for one in a hundred of the north. */
const atTheSouth: Given[] = Array.from({ length: 400 }, (_, index) => {
  const site = index % 2 === 0 ? 'north' : 'south';
  const unknown = site === 'south' ? index % 4 === 1 : index % 100 === 0;
  return { labels: ['a'], values: { site, lens: `l${index % 3}`, operator: unknown ? null : 'one' } };
});
const factors = ['site', 'lens', 'operator'];

describe('Missing metadata', () => {
  it('lists what its absence depends on, in words that say so', () => {
    const made = report(atTheSouth, { factors });
    const [first] = made.missingDependences;
    expect(first).toMatchObject({ field: 'operator', kind: 'FIELD', on: 'site' });
    expect(first!.sentence).toMatch(/^Whether operator is missing depends on site \(V 0\.\d+/);
    expect(made.missingDependences.map(({ on }) => on)).not.toContain('lens');
    expect(made.cards.find(({ kind }) => kind === 'MISSING_METADATA')!.sentence).toContain('depends on site');
  });

  it('shows the interval of what is listed at a level that allows for the choice', () => {
    const [first] = report(atTheSouth, { factors }).missingDependences;
    expect(first!.association.interval!.level).toBeGreaterThanOrEqual(0.95);
    expect(first!.association.q!).toBeLessThanOrEqual(0.05);
  });

  it('takes all tests of the report for one family, also those of classes that are not the strongest', () => {
    const images = atTheSouth.map((image, index) => ({
      ...image,
      labels: index % 3 === 0 ? ['a', 'b'] : ['a'],
    }));
    const made = report(images, { factors });
    expect(made.classBalance.classes).toHaveLength(2);
    expect(made.missing.find(({ name }) => name === 'operator')!.label).not.toBeNull();
    expect(made.missingDependenceCount).toBe(made.missingDependences.length);
  });

  it('shows the images that miss a field', () => {
    const operator = report(atTheSouth, { factors }).missing.find(({ name }) => name === 'operator')!;
    expect(operator.selection).toEqual({ where: [{ kind: 'MISSING', field: 'operator' }], among: 'KEPT' });
  });

  it('holds who labelled an image alone for no field of it', () => {
    const images = atTheSouth.map((image, index) => ({
      ...image,
      values: { ...image.values, annotator: index % 2 === 0 ? 'p1' : null },
    }));
    const made = report(images, { factors: [...factors, 'annotator'] });
    expect(made.missing.map(({ name }) => name)).toEqual(['site', 'lens', 'operator']);
  });

  it('of every image or of none depends on nothing', () => {
    const images = atTheSouth.map(({ values, labels }) => ({
      labels,
      values: { site: values!.site!, lens: values!.lens! },
    }));
    expect(report(images, { factors }).missingDependences).toEqual([]);
  });

  it('of a personal dataset hides the dependence of one to four missing', () => {
    const images = Array.from({ length: 400 }, (_, index) => ({
      values: { site: index < 4 ? 'north' : `s${index % 2}`, operator: index < 4 ? null : 'one' },
    }));
    const made = report(images, { factors: ['site', 'operator'], personal: true });
    for (const { association } of made.missingDependences) expect(association.value).toBeNull();
    const levels = made.factors.find(({ name }) => name === 'operator')!.levels;
    expect(levels.map(({ images: shown }) => shown.value)).toEqual([null, null]);
  });
});

describe('Little’s test', () => {
  const numbers = Array.from({ length: 200 }, (_, index) => {
    const height = (index * 37) % 101;
    return { values: { height, width: index % 4 === 0 && height > 50 ? null : (index * 53) % 97 } };
  });

  it('of the numeric factors is shown with its p, and colours no card', () => {
    const made = report(numbers, { factors: ['height', 'width'] });
    expect(made.littleTest).toMatchObject({ factors: ['height', 'width'], patternCount: 2 });
    expect(made.littleTest.test.value!).toBeGreaterThan(0);
    expect(made.littleTest.test.p!).toBeLessThan(0.05);
    expect(made.littleTest.test.q).not.toBeNull();
  });

  it('needs two numeric factors', () => {
    const made = report(numbers, { factors: ['height'] });
    expect(made.littleTest.test).toMatchObject({ value: null, reason: 'FEWER_THAN_TWO_NUMERIC_FACTORS' });
  });
});
