import { describe, expect, it } from 'vitest';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle } from '../statistics/oracle.ts';
import { type Given, type GivenPlan, reportOn, subjectsOf } from './subjects-fixture.ts';

const NOTHING_REFUSED = { refusals: [] };

const many = (count: number, image: Given): Given[] => Array.from({ length: count }, () => ({ ...image }));
const lost = (reason: string, by = 'p1', stage = 'ELIGIBLE') => ({ stage, reason, by });

function report(
  images: readonly Given[],
  facts: Parameters<typeof reportOn>[3] = NOTHING_REFUSED,
  { personal = false, ...plan }: GivenPlan & { personal?: boolean } = {},
) {
  const subjects = subjectsOf(images, { factors: ['site'], classes: ['a', 'b'], ...plan });
  return reportOn('ATTRITION', subjects, { personal }, facts);
}

type Made = ReturnType<typeof report>;
const cardOf = (made: Made, kind: string) => made.cards.find((card) => card.kind === kind)!;
const factorOf = (made: Made, name: string) => made.factors.find((factor) => factor.name === name)!;
const stageOf = (made: Made, name: string) => made.flow.stages.find(({ stage }) => stage === name)!;

/** 400 images of two sites, of which so many of the south are lost. */
const leaning = (southLost: number, northLost = 0): Given[] => [
  ...many(200 - northLost, { labels: ['a'], values: { site: 'north' } }),
  ...many(northLost, { labels: ['a'], values: { site: 'north' }, excluded: lost('blurred') }),
  ...many(200 - southLost, { labels: ['b'], values: { site: 'south' } }),
  ...many(southLost, { labels: ['b'], values: { site: 'south' }, excluded: lost('blurred') }),
];

describe('The flow of the candidates', () => {
  it('goes from collection to release and adds up at every stage', () => {
    const images = [
      ...many(60, { labels: ['a'] }),
      ...many(10, { excluded: lost('blurred') }),
      ...many(5, { labels: null, excluded: lost('no leaf', 'p1', 'ANNOTATED') }),
      ...many(8, { labels: null }),
      ...many(7, { labels: ['b'], excluded: lost('withdrawn', 'p2', 'RELEASED') }),
    ];
    const refusals = [{ stage: 'DECODED' as const, code: 'TRUNCATED_IMAGE', images: 3 }];
    const { flow } = report(images, { refusals });
    expect(flow).toMatchObject({ status: 'OK', reason: null, trackedSinceIngest: true });
    expect(flow.stages.map(({ entering, reached }) => [entering.images.value, reached.images.value])).toEqual(
      [
        [93, 93],
        [93, 90],
        [90, 80],
        [80, 67],
        [67, 60],
      ],
    );
    expect(
      flow.stages.flatMap(({ lost }) =>
        lost.map(({ kind, reason, images: { value } }) => [kind, reason, value]),
      ),
    ).toEqual([
      ['REFUSED', 'TRUNCATED_IMAGE', 3],
      ['EXCLUDED', 'blurred', 10],
      ['UNLABELLED', '(without a label)', 8],
      ['EXCLUDED', 'no leaf', 5],
      ['EXCLUDED', 'withdrawn', 7],
    ]);
  });

  it('counts among the annotated what has a label, and an image without one leaves there', () => {
    const images = [
      ...many(20, { labels: ['a'] }),
      ...many(5, { labels: null, excluded: lost('late', 'p1', 'RELEASED') }),
    ];
    const made = report(images);
    expect(stageOf(made, 'ANNOTATED').reached.images.value).toBe(20);
    expect(stageOf(made, 'RELEASED').lost).toEqual([]);
    expect(made.flow.status).toBe('OK');
  });

  it('counts a unit as lost with its last image only', () => {
    const images = [
      { unit: 'leaf 1', labels: ['a'] },
      { unit: 'leaf 1', labels: ['a'], excluded: lost('blurred') },
      { unit: 'leaf 2', labels: ['a'], excluded: lost('blurred') },
      ...many(10, { labels: ['a'] }),
    ];
    const eligible = stageOf(report(images), 'ELIGIBLE');
    expect([eligible.entering.units.value, eligible.unitsLost.value, eligible.reached.units.value]).toEqual([
      12, 1, 11,
    ]);
    expect(eligible.lost[0]!.units.value).toBe(2);
  });

  it('that the ledger contradicts is DEGENERATE, and its card GREY', () => {
    const images = [
      ...many(50, { labels: ['a'] }),
      ...many(3, { labels: ['a'], excluded: lost('gone', 'p1', 'MISLAID') }),
    ];
    const made = report(images);
    expect(made.flow).toMatchObject({ status: 'DEGENERATE', reason: 'FLOW_MISMATCH' });
    expect(cardOf(made, 'EXCLUSION_SHARE')).toMatchObject({
      colour: 'GREY',
      headline: { value: null, status: 'DEGENERATE', reason: 'FLOW_MISMATCH' },
    });
  });

  it('lists each loss with its images', () => {
    const [line] = stageOf(report(leaning(20)), 'ELIGIBLE').lost;
    expect(line!.selection).toEqual({
      where: [
        { kind: 'IN', field: 'stage', values: ['ELIGIBLE'] },
        { kind: 'IN', field: 'reason', values: ['blurred'] },
      ],
      among: 'EXCLUDED',
    });
  });
});

describe('The share excluded', () => {
  it('is of all candidates, those refused at the door too', () => {
    const refusals = [{ stage: 'COLLECTED' as const, code: 'BAD_INPUT', images: 100 }];
    const made = report(leaning(50, 50), { refusals });
    expect(made.exclusionShare).toMatchObject({ value: 0.4, imageCount: 500, unitCount: 500 });
    expect(cardOf(made, 'EXCLUSION_SHARE').colour).toBe('RED');
    expect(cardOf(made, 'EXCLUSION_SHARE').caveats.map(({ code }) => code)).toContain('REFUSED_AT_THE_DOOR');
  });

  it('is judged by the rule of 5 and 20, or by the limits of the dataset', () => {
    const images = [
      ...many(970, { labels: ['a'] }),
      ...many(30, { labels: ['a'], excluded: lost('blurred') }),
    ];
    expect(cardOf(report(images), 'EXCLUSION_SHARE').colour).toBe('GREEN');
    const own = {
      statistic: 'exclusionShare',
      side: 'ABOVE',
      amber: '0.001',
      red: '0.01',
      source: 'protocol',
    } as const;
    const made = reportOn('ATTRITION', subjectsOf(images), { thresholds: [own] }, NOTHING_REFUSED);
    expect(cardOf(made, 'EXCLUSION_SHARE')).toMatchObject({
      colour: 'RED',
      threshold: { origin: 'DATASET' },
    });
  });

  it('of nothing excluded is a GREEN 0 at any number of units, where exclusions were recorded from the first image on', () => {
    const made = report(many(8, { labels: ['a'], values: { site: 'north' } }));
    expect(made.cards.map(({ colour, headline }) => [colour, headline.value])).toEqual([
      ['GREEN', 0],
      ['GREEN', 0],
    ]);
    expect(factorOf(made, 'site').totalVariation.value).toBe(0);
    expect(made.flow.trackedSinceIngest).toBe(true);
  });

  it('of nothing excluded is GREY where the ledger began later', () => {
    const made = report(many(100, { labels: ['a'], values: { site: 'north' } }), { refusals: null });
    expect(made.cards.map(({ colour, headline }) => [colour, headline.reason])).toEqual([
      ['GREY', 'UNTRACKED'],
      ['GREY', 'UNTRACKED'],
    ]);
    expect(made.flow.trackedSinceIngest).toBe(false);
  });

  it('of everything excluded is EMPTY', () => {
    const made = report(many(50, { labels: ['a'], values: { site: 'north' }, excluded: lost('all') }));
    expect(made.exclusionShare).toMatchObject({
      value: null,
      status: 'EMPTY',
      reason: 'EVERYTHING_EXCLUDED',
    });
    expect(made.cards.map(({ colour, headline }) => [colour, headline.status])).toEqual([
      ['GREY', 'EMPTY'],
      ['GREY', 'EMPTY'],
    ]);
  });

  it('of no candidate is EMPTY too', () => {
    const made = report([]);
    expect(made.flow).toMatchObject({ status: 'EMPTY', reason: 'NO_IMAGE' });
    expect(made.colour).toBe('GREY');
  });

  it('says what the classes can be whatever the labels of the lost, by Manski’s bounds', () => {
    const made = report(leaning(100));
    const b = made.classBounds.find(({ label }) => label === 'b')!;
    expect(b.share.value).toBeCloseTo(100 / 300, 12);
    expect(b.share.interval).toMatchObject({ lower: 0.25, upper: 0.5, method: 'Manski bounds' });
    expect(cardOf(made, 'EXCLUSION_SHARE').sentence).toContain('b 25 to 50 %');
  });
});

describe('The pattern of exclusions', () => {
  it('is RED where one level lost far more than another, and says how many times as often', () => {
    const card = cardOf(report(leaning(60, 10)), 'EXCLUSION_PATTERN');
    expect(card.colour).toBe('RED');
    expect(card.sentence).toMatch(/(site "south"|label "b").*30 % against 5 %, 6 times as often/);
  });

  it('is GREEN where every level lost alike, of enough images', () => {
    const images = ['north', 'south'].flatMap((site) => [
      ...many(9000, { labels: ['a'], values: { site } }),
      ...many(1000, { labels: ['a'], values: { site }, excluded: lost('blurred') }),
    ]);
    expect(cardOf(report(images), 'EXCLUSION_PATTERN')).toMatchObject({ colour: 'GREEN' });
  });

  it('compares kept and excluded in each factor, the release no further from the candidates than the share excluded', () => {
    const site = factorOf(report(leaning(60, 10)), 'site');
    expect([site.worst!.level, site.best!.level]).toEqual(['south', 'north']);
    expect(site.difference.value).toBeCloseTo(0.25, 12);
    expect(site.totalVariation.value!).toBeLessThanOrEqual(site.exclusionShare.value!);
    expect(site.levels[0]!.selection).toEqual({
      where: [{ kind: 'IN', field: 'site', values: ['south'] }],
      among: 'EXCLUDED',
    });
  });

  it('compares the quality measures, kept less excluded', () => {
    const images = Array.from({ length: 400 }, (_, index) => ({
      labels: ['a'],
      measures: { sharpness: (index % 10) + (index < 80 ? 0 : 20) },
      excluded: index < 80 ? lost('blurred') : null,
    }));
    const made = report(images, NOTHING_REFUSED, { measures: ['sharpness'] });
    expect(made.numbers[0]).toMatchObject({ name: 'sharpness', isMeasure: true, verdict: { colour: 'RED' } });
    expect(made.numbers[0]!.standardizedDifference.value!).toBeGreaterThan(5);
  });

  it('judges the comparison of kept and excluded by the side of fewer units', () => {
    const made = report(leaning(12, 0));
    expect(factorOf(made, 'site').standardizedDifference.unitCount).toBe(12);
    expect(factorOf(made, 'site').standardizedDifferenceVerdict.colour).toBe('GREY');
  });

  it('does not take images excluded without a label for classes from which nothing was excluded', () => {
    const images = [
      ...many(200, { labels: ['a'] }),
      ...many(100, { labels: ['b'] }),
      ...many(60, { labels: null, excluded: lost('blurred') }),
    ];
    const made = report(images);
    expect(factorOf(made, 'label').difference).toMatchObject({
      value: null,
      reason: 'EXCLUDED_OF_UNKNOWN_LEVEL',
    });
    expect(cardOf(made, 'EXCLUSION_PATTERN').caveats.map(({ code }) => code)).toContain(
      'EXCLUDED_OF_UNKNOWN_LABEL',
    );
    expect(cardOf(made, 'EXCLUSION_PATTERN').colour).toBe('GREY');
    expect(made.classBounds[0]!.share.interval).toMatchObject({ lower: 200 / 360, upper: 260 / 360 });
  });

  it('cannot be told of candidates refused at the door alone', () => {
    const refusals = [{ stage: 'DECODED' as const, code: 'CORRUPT_IMAGE', images: 2 }];
    const made = report(many(100, { labels: ['a'], values: { site: 'north' } }), { refusals });
    expect(cardOf(made, 'EXCLUSION_PATTERN')).toMatchObject({
      colour: 'GREY',
      headline: { reason: 'REFUSED_WITHOUT_METADATA' },
    });
  });

  it('asks each class whether it is there or not, where images show several', () => {
    const images = [
      ...many(200, { labels: ['a', 'b'] }),
      ...many(100, { labels: ['a'] }),
      ...many(80, { labels: ['a', 'b'], excluded: lost('crowded') }),
    ];
    const made = report(images);
    const b = made.factors.find(({ label }) => label === 'b')!;
    expect(b.levels.map(({ level, kept, excluded }) => [level, kept.value, excluded.value])).toEqual([
      ['present', 200, 80],
      ['absent', 100, 0],
    ]);
    expect(cardOf(made, 'EXCLUSION_PATTERN').sentence).toContain('the class "b" present');
  });

  it('gives q over factors, factors by reason, and people', () => {
    const made = report(leaning(60, 10));
    const q = [...made.factors, ...made.leaning].map(({ association }) => association.q);
    expect(q.every((value) => value !== null && value <= 0.05)).toBe(true);
  });

  it.skipIf(!hasOracles)(`agrees with the oracle of kept and excluded${ORACLES_ABSENT}`, () => {
    const { input, expected, tolerance } = oracle('04_attrition', 'excluded_vs_kept');
    const images = (['a', 'b'] as const).flatMap((label, index) => [
      ...many(input.kept[`class${index}`], { labels: [label] }),
      ...many(input.excluded[`class${index}`], { labels: [label], excluded: lost('any') }),
    ]);
    const made = report(images);
    const label = factorOf(made, 'label');
    expectClose(label.difference.value, expected.differential_exclusion[0], tolerance);
    expectClose(label.difference.interval!.lower, expected.differential_exclusion[1], tolerance);
    expectClose(label.difference.interval!.upper, expected.differential_exclusion[2], tolerance);
    expectClose(label.oddsRatio.value, expected.or_, tolerance);
    expectClose(label.standardizedDifference.value, expected.smd, tolerance);
    expectClose(label.association.value, expected.V_bc, tolerance);
    expectClose(made.exclusionShare.value, expected.overall_exclusion, tolerance);
    const bounds = made.classBounds.find(({ label: of }) => of === 'b')!.share.interval!;
    expectClose(bounds.lower, expected.manski_if_labels_unknown[0], tolerance);
    expectClose(bounds.upper, expected.manski_if_labels_unknown[1], tolerance);
  });
});

describe('Exclusions that lean', () => {
  it('are listed by reason with the images of the level that lost most', () => {
    const { leaning: found } = report(leaning(60, 10));
    const row = found.find(({ factor }) => factor === 'site')!;
    expect(row).toMatchObject({ reason: 'blurred', worst: 'south', best: 'north' });
    expect(row.worstShare.value).toBeCloseTo(0.3, 12);
    expect(row.selection).toEqual({
      where: [
        { kind: 'IN', field: 'reason', values: ['blurred'] },
        { kind: 'IN', field: 'site', values: ['south'] },
      ],
      among: 'EXCLUDED',
    });
  });

  it('keep the reasons apart: one may lean and another not', () => {
    const images = [
      ...leaning(60),
      ...many(30, { labels: ['a'], values: { site: 'north' }, excluded: lost('double') }),
      ...many(30, { labels: ['b'], values: { site: 'south' }, excluded: lost('double') }),
    ];
    const reasons = report(images)
      .leaning.filter(({ factor }) => factor === 'site')
      .map(({ reason }) => reason);
    expect(reasons).toEqual(['blurred']);
  });

  it('by a number are asked for as a range', () => {
    const images = Array.from({ length: 600 }, (_, index) => ({
      labels: ['a'],
      values: { site: 'north', height: index % 100 },
      excluded: index % 100 >= 90 ? lost('too tall') : null,
    }));
    const made = report(images, NOTHING_REFUSED, { factors: ['site', 'height'] });
    const [row] = made.leaning;
    expect(row).toMatchObject({ factor: 'height', reason: 'too tall' });
    expect(row!.selection!.where[1]).toMatchObject({ kind: 'RANGE', field: 'height', below: null });
  });
});

describe('Reasons and people', () => {
  const byTwo = [
    ...many(100, { labels: ['a'] }),
    ...many(30, { labels: ['a'], excluded: lost('blurred', 'p1') }),
    ...many(20, { labels: ['a'], excluded: lost('blurred', 'p2') }),
    ...many(25, { labels: ['a'], excluded: lost('ugly', 'p2') }),
  ];

  it('are held against each other, with the reasons that one person alone gave', () => {
    const [by] = report(byTwo).people;
    expect(by).toMatchObject({ role: 'EXCLUDED_BY', people: 2 });
    expect(by!.association.value!).toBeGreaterThan(0.3);
    expect(by!.soleReasons.map(({ reason, person, images }) => [reason, person, images.value])).toEqual([
      ['ugly', 'p2', 25],
    ]);
  });

  it('of one person alone tell nothing', () => {
    const [by] = report(leaning(20)).people;
    expect(by!.association).toMatchObject({ value: null, reason: 'SINGLE_LEVEL' });
    expect(by!.soleReasons).toEqual([]);
  });

  it('are asked of the operator too', () => {
    const images = byTwo.map((image) => ({ ...image, values: { operator: image.excluded?.by ?? 'p3' } }));
    const made = report(images, NOTHING_REFUSED, { factors: ['operator'] });
    expect(made.people.map(({ role }) => role)).toEqual(['EXCLUDED_BY', 'OPERATOR']);
  });
});

describe('Of a personal dataset', () => {
  const few = [
    ...many(40, { labels: ['a'], values: { site: 'north' } }),
    ...many(30, { labels: ['b'], values: { site: 'south' } }),
    ...many(10, { labels: ['a'], values: { site: 'north' }, excluded: lost('blurred') }),
    ...many(3, { labels: ['b'], values: { site: 'south' }, excluded: lost('withdrew', 'p2', 'RELEASED') }),
  ];

  it('a loss of 1 to 4 images is not told, nor one more, nor what enters and reaches the stages between', () => {
    const { flow } = report(few, NOTHING_REFUSED, { personal: true });
    expect(flow.stages.flatMap(({ lost }) => lost.map(({ images }) => images.value))).toEqual([null, null]);
    expect(flow.stages.slice(1).map(({ entering }) => entering.images.value)).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(flow.stages.at(-1)!.reached.images.value).toBe(70);
  });

  it('a level’s small loss hides its share, its difference and, of two levels, every figure of the table', () => {
    const site = factorOf(report(few, NOTHING_REFUSED, { personal: true }), 'site');
    for (const { excluded, share } of site.levels)
      expect([excluded.status, share.status]).toEqual(['SUPPRESSED', 'SUPPRESSED']);
    const { difference, oddsRatio, standardizedDifference, totalVariation, association } = site;
    for (const figure of [difference, oddsRatio, standardizedDifference, totalVariation, association])
      expect(figure.status).toBe('SUPPRESSED');
  });

  it('four excluded in all are not told by any share or bound', () => {
    const images = [
      ...many(100, { labels: ['a'] }),
      ...many(4, { labels: ['a'], excluded: lost('blurred') }),
    ];
    const made = report(images, NOTHING_REFUSED, { personal: true });
    expect(made.exclusionShare.status).toBe('SUPPRESSED');
    expect(made.flow.stages.at(-1)!.reached.images.status).toBe('SUPPRESSED');
    expect(made.classBounds[0]!.share.status).toBe('SUPPRESSED');
    expect(cardOf(made, 'EXCLUSION_SHARE').headline.value).toBeNull();
  });

  it('how many images a figure rests on is told in steps of five', () => {
    const made = report(few, NOTHING_REFUSED, { personal: true });
    const counts: number[] = [];
    JSON.stringify(made.factors, (name, value) => {
      if (name === 'imageCount' || name === 'unitCount') counts.push(value);
      return value;
    });
    expect(counts.every((count) => count % 5 === 0)).toBe(true);
  });
});
