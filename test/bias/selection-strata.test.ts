import { describe, expect, it } from 'vitest';
import type { TargetPopulation } from '../../src/bias/target/target-population.ts';
import { type Given, type GivenPlan, reportOn, subjectsOf } from './subjects-fixture.ts';

const many = (count: number, values: Given['values'], labels: readonly string[] | null = null): Given[] =>
  Array.from({ length: count }, () => ({ labels, values: values! }));

const target = (parts: Partial<TargetPopulation>): TargetPopulation => ({
  datasetId: 'd',
  name: 'field',
  source: 'census',
  dated: '2024',
  shares: [],
  strata: [],
  ...parts,
});

const halves = (factor: string, ...levels: string[]) =>
  levels.map((level) => ({ factor, level, share: String(1 / levels.length) }));

const stratum = (site: string, stage: string, share: string, structuralZero = false) => ({
  levels: [
    { factor: 'site', level: site },
    { factor: 'stage', level: stage },
  ],
  share,
  structuralZero,
});

function report(
  images: readonly Given[],
  held: TargetPopulation | null,
  { personal = false, ...plan }: GivenPlan & { personal?: boolean } = {},
  facts: Parameters<typeof reportOn>[3] = {},
) {
  const subjects = subjectsOf(images, { factors: ['site', 'stage'], classes: ['a', 'b'], ...plan });
  return reportOn(
    'SELECTION',
    subjects,
    { target: held, targetNames: held ? [held.name] : [], personal },
    facts,
  );
}
type Made = ReturnType<typeof report>;
const cardOf = (made: Made, kind: string) => made.cards.find((card) => card.kind === kind)!;
const codes = (made: Made, kind: string) => cardOf(made, kind).caveats.map(({ code }) => code);

const margins = target({
  shares: [...halves('site', 'north', 'south'), ...halves('stage', 'early', 'late')],
});

describe('The holes of the target', () => {
  it('cannot be told without one: GREY', () => {
    const made = report(many(100, { site: 'north' }), null);
    expect(cardOf(made, 'COVERAGE_HOLES')).toMatchObject({
      colour: 'GREY',
      headline: { value: null, reason: 'NO_TARGET_DECLARED' },
    });
  });

  it('of margins only are judged as if the factors were independent, and this is said', () => {
    const images = [
      ...many(100, { site: 'north', stage: 'early' }),
      ...many(100, { site: 'north', stage: 'late' }),
      ...many(20, { site: 'south', stage: 'early' }),
    ];
    const made = report(images, margins);
    expect(made.holes).toMatchObject({
      reference: 'INDEPENDENCE',
      factors: ['site', 'stage'],
      cellCount: 4,
      holeCount: 1,
      thinCount: 1,
    });
    expect(made.holes.holeShare.value).toBe(0.25);
    expect(cardOf(made, 'COVERAGE_HOLES').colour).toBe('RED');
    expect(codes(made, 'COVERAGE_HOLES')).toContain('INDEPENDENCE_ASSUMED');
    expect(cardOf(made, 'COVERAGE_HOLES').sentence).toMatch(
      /^1 of 4 combinations of site × stage were never seen: 25 % .* The largest: site "south", stage "late"\. 1 more hold fewer than 37 units\. Target "field": census, 2024\.$/,
    );
  });

  it('name the units that make 37, and show the images of a thin cell', () => {
    const images = [
      ...many(100, { site: 'north', stage: 'early' }),
      ...many(20, { site: 'south', stage: 'early' }),
    ];
    const { cells } = report(images, margins).holes;
    expect(
      cells.map(({ status, units, unitsToAdd, selection }) => [
        status,
        units.value,
        unitsToAdd,
        selection?.where,
      ]),
    ).toEqual([
      ['HOLE', 0, 37, undefined],
      ['HOLE', 0, 37, undefined],
      [
        'THIN',
        20,
        17,
        [
          { kind: 'IN', field: 'site', values: ['south'] },
          { kind: 'IN', field: 'stage', values: ['early'] },
        ],
      ],
    ]);
  });

  it('of declared strata are those of the declaration; what cannot occur is none', () => {
    const joint = target({
      shares: [...halves('site', 'north', 'south'), ...halves('stage', 'early', 'late')],
      strata: [
        stratum('north', 'early', '0.5'),
        stratum('south', 'late', '0.5'),
        stratum('south', 'early', '0', true),
      ],
    });
    const images = [
      ...many(60, { site: 'north', stage: 'early' }),
      ...many(60, { site: 'south', stage: 'late' }),
    ];
    const made = report([...images, ...many(2, { site: 'south', stage: 'early' })], joint);
    expect(made.holes).toMatchObject({
      reference: 'DECLARED',
      cellCount: 2,
      holeCount: 0,
      contradictedZeros: 1,
    });
    expect(cardOf(made, 'COVERAGE_HOLES').colour).toBe('GREEN');
    expect(codes(made, 'COVERAGE_HOLES')).not.toContain('INDEPENDENCE_ASSUMED');
  });

  it('of declared strata cannot be told where one of the factors is not recorded', () => {
    const joint = target({
      shares: [...halves('site', 'north'), ...halves('stage', 'late')],
      strata: [stratum('north', 'late', '1')],
    });
    const made = report(many(60, { site: 'north' }), joint);
    expect(made.holes).toMatchObject({
      reference: null,
      leftOut: ['stage'],
      holeShare: { reason: 'TARGET_NOT_RECORDED' },
    });
    expect(cardOf(made, 'COVERAGE_HOLES').colour).toBe('GREY');
  });

  it('combine the first four factors recorded, and name the others', () => {
    const names = ['f1', 'f2', 'f3', 'f4', 'f5'];
    const values = Object.fromEntries(names.map((name) => [name, 'x']));
    const made = report(many(60, values), target({ shares: names.flatMap((name) => halves(name, 'x')) }), {
      factors: names,
    });
    expect(made.holes).toMatchObject({ factors: ['f1', 'f2', 'f3', 'f4'], leftOut: ['f5'] });
    expect(codes(made, 'COVERAGE_HOLES')).toContain('FACTORS_NOT_COMBINED');
  });

  it('may be combinations with a class', () => {
    const images = [...many(50, { site: 'north' }, ['a']), ...many(50, { site: 'south' }, ['b'])];
    const made = report(
      images,
      target({ shares: [...halves('site', 'north', 'south'), ...halves('label', 'a', 'b')] }),
    );
    expect(made.holes).toMatchObject({ factors: ['site', 'label'], holeCount: 2 });
  });

  it('of a personal dataset tell no small count, nor one that a level hides', () => {
    const images = [
      ...many(50, { site: 'north', stage: 'early' }),
      ...many(3, { site: 'south', stage: 'early' }),
      ...many(20, { site: 'south', stage: 'late' }),
    ];
    const { cells } = report(images, margins, { personal: true }).holes;
    expect(cells.map(({ status, images: shown, unitsToAdd }) => [status, shown.value, unitsToAdd])).toEqual([
      ['HOLE', 0, 37],
      ['THIN', null, null],
      ['THIN', null, null],
    ]);
  });
});

describe('The worst strata', () => {
  it('say how many units bring each into .8 to 1.2 of its share, and show its images', () => {
    const made = report(
      [...many(90, { site: 'north' }), ...many(10, { site: 'south' })],
      target({ shares: halves('site', 'north', 'south') }),
    );
    expect(made.worstStratumCount).toBe(2);
    const south = made.worstStrata.find(({ level }) => level === 'south')!;
    expect(south).toMatchObject({ factor: 'site', verdict: { colour: 'RED' }, selection: { among: 'KEPT' } });
    const { ofStratum, ofOthers } = south.plan!;
    const ratio = (10 + ofStratum!) / ((100 + ofStratum! + ofOthers!) * 0.5);
    expect(ratio).toBeGreaterThanOrEqual(0.8);
  });

  it('of too few units say how many would tell', () => {
    const made = report(many(20, { site: 'north' }), target({ shares: halves('site', 'north') }));
    expect(made.worstStrata[0]!.verdict).toMatchObject({ colour: 'GREY', unitsNeeded: 30 });
  });

  it('hold a level outside the target AMBER, whatever its number', () => {
    const made = report(
      [...many(500, { site: 'north' }), ...many(6, { site: 'moon' })],
      target({ shares: halves('site', 'north') }),
    );
    const moon = made.worstStrata.find(({ level }) => level === 'moon')!;
    expect(moon).toMatchObject({
      representationRatio: { value: null, reason: 'OUT_OF_TARGET' },
      verdict: { colour: 'AMBER' },
      plan: { ofStratum: null, reason: 'OUT_OF_TARGET' },
    });
    expect(cardOf(made, 'TARGET_COVERAGE')).toMatchObject({ colour: 'AMBER' });
    expect(cardOf(made, 'TARGET_COVERAGE').sentence).toContain(
      'site "moon" has images, and no share in the target.',
    );
  });

  it('follow the limits that the dataset set for itself', () => {
    const subjects = subjectsOf([...many(540, { site: 'north' }), ...many(460, { site: 'south' })], {
      factors: ['site'],
    });
    const own = {
      statistic: 'representationRatio',
      side: 'BELOW',
      amber: '0.99',
      red: '0.97',
      source: 'protocol',
    } as const;
    const parts = { target: target({ shares: halves('site', 'north', 'south') }), thresholds: [own] };
    const made = reportOn('SELECTION', subjects, parts);
    expect(made.worstStrata[0]).toMatchObject({ level: 'south', verdict: { colour: 'AMBER' } });
    expect(made.worstStrata[0]!.plan!.ofStratum).toBeGreaterThan(60);
  });

  it('are told with the caveat that nothing says how hard the cases are, unless something does', () => {
    const shares = halves('site', 'north');
    expect(codes(report(many(50, { site: 'north' }), target({ shares })), 'TARGET_COVERAGE')).toContain(
      'SPECTRUM_UNKNOWN',
    );
    const graded = report(many(50, { site: 'north', lesionGrade: '2' }), target({ shares }), {
      factors: ['site', 'lesionGrade'],
    });
    expect(codes(graded, 'TARGET_COVERAGE')).not.toContain('SPECTRUM_UNKNOWN');
  });
});

describe('Numeric factors', () => {
  const heights = (count: number, shift: number, spread = 10) =>
    Array.from({ length: count }, (_, index) => ({ values: { height: shift + (index % spread) } }));
  const plan = { factors: ['height'] };
  const against = (images: readonly Given[], other: readonly Given[], personal = false) =>
    report(images, null, { ...plan, personal }, { reference: subjectsOf(other, plan) }).numericFactors;

  it('are held against a reference sample by mean, variance and distribution', () => {
    const [height] = against(heights(200, 3), heights(200, 0));
    expect(height!.standardizedDifference.value!).toBeGreaterThan(0.9);
    expect(height!.varianceRatio.value).toBeCloseTo(1, 9);
    expect(height!.kolmogorovSmirnov.value).toBeCloseTo(0.3, 9);
    expect(height!.wasserstein.value!).toBeCloseTo(3 / Math.sqrt((99 / 12) * (200 / 199)), 6);
    expect(height!.verdict.colour).toBe('RED');
  });

  it('are as bad below as above', () => {
    const [height] = against(heights(200, 0), heights(200, 3));
    expect(height!.standardizedDifference.value!).toBeLessThan(-0.9);
    expect(height!.verdict.colour).toBe('RED');
  });

  it('of a constant reference have no variance ratio, and no distance unless they are the same', () => {
    const [other] = against(heights(50, 0), heights(50, 5, 1));
    expect(other!.varianceRatio).toMatchObject({ value: null, status: 'UNDEFINED' });
    expect(other!.wasserstein).toMatchObject({ value: null, status: 'UNDEFINED' });
    const [same] = against(heights(50, 5, 1), heights(50, 5, 1));
    expect([same!.standardizedDifference.value, same!.wasserstein.value]).toEqual([0, 0]);
  });

  it('that the reference does not record are not compared', () => {
    const [height] = report(heights(50, 0), null, plan, {
      reference: subjectsOf(many(50, {}), {}),
    }).numericFactors;
    expect(height!.standardizedDifference).toMatchObject({ value: null, reason: 'NOT_IN_REFERENCE' });
    expect(height!.verdict.colour).toBe('GREY');
  });

  it('are no table without a reference', () => {
    expect(report(heights(50, 0), null, plan).numericFactors).toEqual([]);
  });

  it('of one to four people are not told of a personal dataset', () => {
    const [height] = against([...heights(3, 0), ...many(50, {})], heights(50, 0), true);
    expect(height!.standardizedDifference.status).toBe('SUPPRESSED');
  });
});
