import { describe, expect, it } from 'vitest';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle, seeded } from '../statistics/oracle.ts';
import { type Given, images, reportOn, subjectsOf } from './subjects-fixture.ts';

function report(
  subjects: readonly Given[],
  { personal = false, classes = ['a', 'b'], factors = ['site', 'view'], part = null as string | null } = {},
) {
  return reportOn('ASSOCIATION', subjectsOf(subjects, { factors, classes }), { personal, part });
}

const cardOf = (made: ReturnType<typeof report>, kind: string) =>
  made.cards.find((card) => card.kind === kind)!;
const codesOf = (made: ReturnType<typeof report>, kind: string) =>
  cardOf(made, kind).caveats.map(({ code }) => code);

const LEAK = [
  ...images('site', { north: 90, south: 10 }, 'a'),
  ...images('site', { north: 10, south: 90 }, 'b'),
];
const BALANCED = [
  ...images('site', { north: 2000, south: 2000 }, 'a'),
  ...images('site', { north: 2000, south: 2000 }, 'b'),
];

/** Each count of a table of two factors by two classes as so many images. */
function crossed(counts: readonly number[], times: number): Given[] {
  return counts.flatMap((count, cell) => {
    const values = { site: cell < counts.length / 2 ? 'small' : 'large', view: (cell >> 1) % 2 ? 'B' : 'A' };
    return Array.from({ length: count * times }, () => ({ labels: [cell % 2 ? 'b' : 'a'], values }));
  });
}
/** Charig et al. 1986: stones by treatment and by success (a) or failure (b). */
const KIDNEY_STONES = [81, 6, 234, 36, 192, 71, 55, 25];

describe('The association report', () => {
  it('finds the factor that gives the label away, and the pairs that do', () => {
    const made = report(LEAK);
    expect(cardOf(made, 'LABEL_ASSOCIATION')).toMatchObject({ colour: 'RED', certainty: 'CONFIRMED' });
    expect(made.associations[0]!.plain.value).toBeCloseTo(0.8, 12);
    expect(made.pairs.map(({ label, level, lift }) => [label, level, lift.value])).toContainEqual([
      'a',
      'north',
      1.8,
    ]);
    expect(codesOf(made, 'LABEL_ASSOCIATION')).toContain('PATH_NOT_PROOF');
  });

  it('guesses the label from metadata alone, and says by which pairs', () => {
    const made = report(LEAK);
    const { area, accuracy, baseline, skill, classes, factors } = made.probe;
    expect(area.value).toBeCloseTo(0.9, 2);
    expect([accuracy.value, baseline.value]).toEqual([0.9, 0.5]);
    expect(skill.value).toBeGreaterThan(0.4);
    expect(classes.map(({ label }) => label).sort()).toEqual(['a', 'b']);
    expect(factors).toEqual(['site']);
    const { colour, sentence } = cardOf(made, 'METADATA_PROBE');
    expect(colour).toBe('RED');
    expect(sentence).toContain('The label is guessable from metadata: AUC 0.9');
    expect(sentence).toContain('"a" 90 % at site "north" against 10 % elsewhere');
    expect(sentence).toContain('a test with the attribute balanced or held out');
  });

  it('guesses a unit never seen from the other units, never in-sample', () => {
    const strangers = Array.from({ length: 60 }, (_, unit) =>
      Array.from({ length: 4 }, () => ({
        unit: `unit ${unit}`,
        labels: [unit % 2 ? 'a' : 'b'],
        values: { site: `site ${Math.floor(unit / 6)}`, view: unit % 2 ? 'top' : 'side' },
      })),
    ).flat();
    const made = report(strangers);
    const of = (factor: string) => made.associations.find((one) => one.factor === factor)!;
    expect(of('site').lambda.value!).toBeLessThanOrEqual(0);
    expect(of('view').lambda.value).toBe(1);
    expect(made.tuples).toHaveLength(1);
    expect(made.tuples[0]).toMatchObject({ label: null, factors: ['view'], strata: 2 });
    expect(cardOf(made, 'LEAK')).toMatchObject({ colour: 'RED', headline: { value: 1 } });
  });

  it('finds what two factors tell together though neither does alone', () => {
    const random = seeded(4);
    const values = Array.from({ length: 400 }, () => ({
      site: random() < 0.5 ? 'north' : 'south',
      view: random() < 0.6 ? 'top' : 'side',
    }));
    const made = report(
      values.map((own) => ({
        labels: [(own.site === 'north') === (own.view === 'top') ? 'a' : 'b'],
        values: own,
      })),
    );
    expect([...made.tuples[0]!.factors].sort()).toEqual(['site', 'view']);
    expect(made.tuples[0]!.lambda.value).toBe(1);
  });

  it('shows that a balanced factor does not go with the label', () => {
    const made = report(BALANCED);
    expect(made.cards.map(({ kind, colour }) => [kind, colour])).toEqual([
      ['METADATA_PROBE', 'GREEN'],
      ['LABEL_ASSOCIATION', 'GREEN'],
      ['LEAK', 'GREEN'],
      ['CONFOUNDING', 'GREEN'],
    ]);
    expect(made.pairs).toEqual([]);
    expect(cardOf(made, 'METADATA_PROBE').sentence).toContain('below 0.64');
  });

  it('says of each pair how frequent the class is there and elsewhere, and which images they are', () => {
    const made = report(LEAK);
    const pair = made.pairs.find(({ label, level }) => label === 'a' && level === 'north')!;
    expect(pair.shareHere).toMatchObject({ value: 0.9, imageCount: 100, unitCount: 100 });
    expect(pair.shareElsewhere.value).toBe(0.1);
    expect(pair.shareHere.interval!.lower).toBeGreaterThan(pair.shareElsewhere.interval!.upper);
    expect(pair.selection).toEqual({
      among: 'KEPT',
      where: [
        { kind: 'IN', field: 'site', values: ['north'] },
        { kind: 'IN', field: 'label', values: ['a'] },
      ],
    });
  });

  it('selects bins by their range, pooled levels by what they are not, and the part asked for', () => {
    const random = seeded(2);
    const made = report(
      Array.from({ length: 600 }, (_, image) => ({
        labels: [image % 2 ? 'a' : 'b'],
        part: image % 3 ? 'train' : 'test',
        values: {
          site: image % 2 ? 'north' : image < 36 ? `rare ${image}` : 'south',
          view: (image % 2 ? 10 : 0) + 20 * random(),
        },
      })),
      { part: 'train' },
    );
    const conditions = made.pairs.map(({ selection }) => selection!.where);
    const of = (kind: string) => conditions.find(([first]) => first!.kind === kind)!;
    expect(of('NOT_IN')[0]).toMatchObject({ field: 'site', values: ['north', 'south'] });
    expect(of('RANGE')[0]).toMatchObject({ field: 'view' });
    for (const where of conditions)
      expect(where.at(-1)).toEqual({ kind: 'IN', field: 'part', values: ['train'] });
  });

  it('joins bins of fewer than five units with their neighbours, for they have no name together', () => {
    const made = report(
      Array.from({ length: 120 }, (_, image) => ({
        unit: `unit ${Math.floor(image / 4)}`,
        labels: [image < 60 ? 'a' : 'b'],
        values: { site: Math.floor(image / 4) },
      })),
      { factors: ['site'] },
    );
    expect(made.associations[0]).toMatchObject({ factor: 'site', levels: 5 });
    expect(made.pairs.every(({ selection }) => selection!.where[0]!.kind === 'RANGE')).toBe(true);
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
    expect(codesOf(made, 'LABEL_ASSOCIATION')).toEqual(
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
    expect(made.pairs.map(({ label, level }) => [label, level]).sort()).toEqual([
      ['a', 'north'],
      ['a', 'south'],
    ]);
    const areas = new Map(made.probe.classes.map(({ label, area }) => [label, area]));
    expect(areas.get('a')!.value).toBeCloseTo(1, 12);
    expect([areas.get('b')!.reason, areas.get('c')!.reason]).toEqual(['EMPTY_CLASS', 'EMPTY_CLASS']);
    expect(made.probe.area.value).toBeCloseTo(1, 12);
    expect(made.tuples[0]).toMatchObject({ label: 'a', factors: ['site'] });
    expect(codesOf(made, 'METADATA_PROBE')).toContain('MULTIPLE_LABELS');
  });

  it('is GREY of a class that fewer than 10 units have, which is not in the mean', () => {
    const made = report([...LEAK, ...images('site', { north: 9 }, 'c')], { classes: ['a', 'b', 'c'] });
    const rare = made.probe.classes.find(({ label }) => label === 'c')!;
    expect([rare.area.status, rare.verdict.colour]).toEqual(['INSUFFICIENT', 'GREY']);
    expect([made.probe.classesInMean, made.probe.classCount]).toEqual([2, 3]);
    expect(codesOf(made, 'METADATA_PROBE')).toContain('CLASSES_OF_FEW_UNITS');
  });

  it('finds Simpson’s reversal of the kidney stones by name', () => {
    const made = report(crossed(KIDNEY_STONES, 20));
    expect(made.confounding[0]).toMatchObject({
      finding: 'REVERSAL',
      factor: 'view',
      stratifier: 'site',
      coverage: { value: 1 },
    });
    const [{ crude, standardized, oddsRatio, selection, label, level }] = made.confounding as [
      (typeof made.confounding)[number],
    ];
    const sign = (label === 'a') === (level === 'A') ? 1 : -1;
    expect(crude.value! * sign).toBeCloseTo(-0.0457142857, 9);
    expect(standardized.value! * sign).toBeCloseTo(0.0536712174, 9);
    expect(sign > 0 ? oddsRatio.value! : 1 / oddsRatio.value!).toBeCloseTo(1.4468466249, 8);
    expect(selection!.where).toHaveLength(2);
    const { colour, sentence } = cardOf(made, 'CONFOUNDING');
    expect(['AMBER', 'RED']).toContain(colour);
    expect(sentence).toContain('once site is held fixed');
  });

  it('is not sure of the kidney stones with as few patients as there were', () => {
    const made = report(crossed(KIDNEY_STONES, 1));
    expect(made.confounding.filter(({ finding }) => finding === 'REVERSAL')).toEqual([]);
    expect(cardOf(made, 'CONFOUNDING').colour).toBe('GREEN');
  });

  it('finds that a factor explains what another seemed to do', () => {
    const made = report(crossed([320, 80, 80, 20, 20, 80, 80, 320], 3));
    expect(made.confounding[0]).toMatchObject({ finding: 'EXPLAINED', factor: 'view', stratifier: 'site' });
    expect(made.confounding[0]!.standardized.value).toBeCloseTo(0, 12);
  });

  it('lists factors that go together, strongest first, with the levels that meet most', () => {
    const random = seeded(8);
    const made = report(
      Array.from({ length: 400 }, (_, image) => ({
        labels: [random() < 0.5 ? 'a' : 'b'],
        values: {
          site: image % 2 ? 'north' : 'south',
          view: image % 2 ? 'top' : random() < 0.7 ? 'side' : 'top',
          device: random() < 0.5 ? 'x' : 'y',
        },
      })),
      { factors: ['device', 'site', 'view'] },
    );
    expect(made.tiedFactorCount).toBe(3);
    expect(made.tiedFactors[0]).toMatchObject({
      first: 'site',
      second: 'view',
      firstLevel: 'south',
      secondLevel: 'side',
      selection: { where: [{ field: 'site' }, { field: 'view' }] },
    });
  });

  it('warns where numbers go together otherwise between sites than within them', () => {
    const random = seeded(12);
    const made = report(
      Array.from({ length: 500 }, (_, image) => {
        const [site, own] = [image % 5, random()];
        const values = { site: `site ${site}`, height: site + own, width: site - own };
        return { labels: [random() < 0.5 ? 'a' : 'b'], values };
      }),
      { factors: ['site', 'height', 'width'] },
    );
    const [pair] = made.ecological;
    expect(pair).toMatchObject({ first: 'height', second: 'width', group: 'site', isEcological: true });
    expect(pair!.between.value!).toBeGreaterThan(0.9);
    expect(pair!.within.value!).toBeLessThan(-0.9);
    expect(codesOf(made, 'CONFOUNDING')).toContain('ECOLOGICAL');
  });

  it('of a personal dataset hides a pair of 1 to 4 images', () => {
    const made = report(
      [...images('site', { north: 90, south: 2 }, 'a'), ...images('site', { north: 2, south: 90 }, 'b')],
      { personal: true },
    );
    expect(made.pairs.length).toBeGreaterThan(0);
    for (const { images: shown, lift, npmi, shareHere, shareElsewhere } of made.pairs)
      for (const { status } of [shown, lift, npmi, shareHere, shareElsewhere])
        expect(status).toBe('SUPPRESSED');
    expect(cardOf(made, 'METADATA_PROBE').sentence).not.toContain('elsewhere');
  });

  it('of a personal dataset hides the figures of a class of 1 to 4 images, and of one more', () => {
    const made = report([...LEAK, ...images('site', { north: 3 }, 'c')], {
      classes: ['a', 'b', 'c'],
      personal: true,
    });
    const hidden = made.probe.classes.filter(({ images: shown }) => shown.status === 'SUPPRESSED');
    expect(hidden).toHaveLength(2);
    for (const { units, area } of hidden)
      expect([units.status, area.status]).toEqual(['SUPPRESSED', 'SUPPRESSED']);
  });

  it('of a personal dataset hides what a small count would follow from in a confounded difference', () => {
    const made = report(crossed([400, 2, 3, 300, 90, 20, 20, 90], 1), { personal: true });
    expect(made.testedCount).toBeGreaterThan(0);
    const plain = report(crossed([400, 2, 3, 300, 0, 1, 1, 0], 1), { personal: true });
    for (const { crude, standardized } of plain.confounding)
      expect([crude.status, standardized.status]).toEqual(['SUPPRESSED', 'SUPPRESSED']);
  });

  it('is GREY without a label, with one class, and of no image', () => {
    for (const subjects of [
      [],
      images('site', { north: 50, south: 50 }, null),
      images('site', { north: 50, south: 50 }, 'a'),
    ])
      expect(report(subjects).cards.map(({ colour }) => colour)).toEqual(['GREY', 'GREY', 'GREY', 'GREY']);
  });

  it('is GREY of fewer than 30 units', () => {
    const made = report([...images('site', { north: 12 }, 'a'), ...images('site', { south: 12 }, 'b')]);
    expect(new Set(made.cards.map(({ colour }) => colour))).toEqual(new Set(['GREY']));
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
