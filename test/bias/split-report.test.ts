import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportFacts } from '../../src/bias/report-input.ts';
import type { RequestParts } from '../../src/bias/report-request.ts';
import { splitRoles } from '../../src/bias/split/split-roles.ts';
import { sha256Hex } from '../../src/kernel/sha256.ts';
import { seeded } from '../statistics/oracle.ts';
import { type Given, numbersIn, reportOn, subjectsOf } from './subjects-fixture.ts';

/** The id of an image by name, as long as real ids are. */
const idOf = (name: string) => sha256Hex(name).slice(0, 32);

const LOOKS = { candidates: [], confirmed: [] };

function report(
  images: readonly Given[],
  request: Partial<RequestParts> = {},
  facts: Partial<ReportFacts> = {},
) {
  const columns = subjectsOf(images, {
    factors: ['site', 'camera'],
    classes: ['a', 'b'],
    measures: ['sharpness'],
    groupKeys: ['session', 'site'],
  });
  return reportOn('SPLIT', columns, { group: 'unit', ...request }, { nearLooks: LOOKS, ...facts });
}

type Made = ReturnType<typeof report>;
const cardOf = (made: Made, kind: string) => made.cards.find((card) => card.kind === kind)!;

/** `units` units of two images in a part, labels and sites in turn; `at` sets what one image has of its own. */
function part(name: string, units: number, at: (index: number) => Partial<Given> = () => ({})): Given[] {
  return Array.from({ length: 2 * units }, (_, index) => {
    const unit = Math.floor(index / 2);
    return {
      unit: `${name} ${unit}`,
      part: name,
      labels: [unit % 2 === 0 ? 'a' : 'b'],
      values: { site: unit % 4 < 2 ? 'north' : 'south', camera: `camera ${unit % 3}` },
      measures: { sharpness: ((unit * 37) % 101) + (index % 2) },
      digest: `${name} ${index}`,
      id: idOf(`${name} ${index}`),
      ...at(index),
    };
  });
}

const FAIR = [...part('train', 800), ...part('test', 400)];

describe('The parts of a split', () => {
  it('are told by their usual names, in any case', () => {
    expect(splitRoles(['Testing', 'training', 'DEV'], false)).toMatchObject({
      train: 1,
      validation: 2,
      test: 0,
      takenBy: 'NAME',
    });
  });
  it('are otherwise train first and test last, and it is said so', () => {
    expect(splitRoles(['a', 'b', 'c'], false)).toMatchObject({ train: 0, test: 2, takenBy: 'POSITION' });
    expect(splitRoles(['train', 'val'], false)).toMatchObject({ train: 0, validation: null, test: 1 });
    expect(splitRoles(['val', 'train', 'old', 'new'], false)).toMatchObject({
      train: 1,
      validation: 0,
      test: 3,
    });
    expect(splitRoles(['test', 'val'], false)).toMatchObject({ train: 1, validation: null, test: 0 });
    const made = report([...part('early', 40), ...part('late', 40)]);
    expect(made).toMatchObject({ trainPart: 'early', testPart: 'late', partsTakenBy: 'POSITION' });
    expect(made.cards[0]!.caveats.map(({ code }) => code)).toContain('PARTS_BY_POSITION');
  });
  it('are folds where they are called so, or made so', () => {
    expect(splitRoles(['fold-1', 'fold-2'], false)).toMatchObject({
      takenBy: 'FOLDS',
      train: null,
      test: null,
    });
    expect(splitRoles(['plant 1', 'plant 2'], true).takenBy).toBe('FOLDS');
    expect(splitRoles(['fold-1'], true).takenBy).toBe('NONE');
  });
});

describe('A fair split', () => {
  const made = report(FAIR);
  it('is GREEN on leakage, on what tells its parts apart and on the size of test', () => {
    expect(cardOf(made, 'LEAKAGE')).toMatchObject({ colour: 'GREEN', headline: { value: 0 } });
    expect(cardOf(made, 'LEAKAGE').sentence).toMatch(/^No shared unit, no duplicate/);
    expect(cardOf(made, 'ADVERSARIAL').colour).toBe('GREEN');
    expect(cardOf(made, 'TEST_SIZE').colour).toBe('GREEN');
  });
  it('shows the images and groups of each part', () => {
    expect(made.parts.map(({ part: name, images, groups }) => [name, images.value, groups.value])).toEqual([
      ['test', 800, 400],
      ['train', 1600, 800],
    ]);
  });
  it('is the same, byte for byte, when it is made again', () => {
    expect(JSON.stringify(report(FAIR))).toBe(JSON.stringify(made));
  });
});

describe('Leakage', () => {
  it('by one shared unit is RED, names it with its images, and counts the test images concerned', () => {
    const made = report([
      ...FAIR,
      ...part('test', 1, (index) => ({
        unit: 'train 3',
        id: idOf(`late ${index}`),
        digest: `late ${index}`,
      })),
    ]);
    const [unit] = made.leakage.keys;
    expect(cardOf(made, 'LEAKAGE')).toMatchObject({ colour: 'RED', certainty: 'CONFIRMED' });
    expect(cardOf(made, 'LEAKAGE').sentence).toMatch(/2 test images share a unit with train/);
    expect(unit).toMatchObject({
      key: 'unit',
      weight: 'RED',
      sharedGroups: { value: 1 },
      testImages: { value: 2 },
      testShare: { value: 2 / 802 },
      groups: [
        {
          value: 'train 3',
          parts: [
            { part: 'test', images: { value: 2 } },
            { part: 'train', images: { value: 2 } },
          ],
          selection: { where: [{ kind: 'IN', field: 'unit', values: ['train 3'] }], among: 'KEPT' },
        },
      ],
    });
    expect(unit!.testShare.interval).not.toBeNull();
  });
  it('by a session is AMBER, by a site information, and by the group asked for RED', () => {
    const images = FAIR.map((image, index) => ({
      ...image,
      values: { ...image.values, session: index % 2 === 0 ? 'monday' : `alone ${index}` },
    }));
    const made = report(images);
    expect(made.leakage.keys.map(({ key, weight, verdict }) => [key, weight, verdict?.colour])).toEqual([
      ['unit', 'RED', 'GREEN'],
      ['session', 'AMBER', 'AMBER'],
      ['site', 'INFORMATION', undefined],
    ]);
    expect(cardOf(made, 'LEAKAGE').colour).toBe('AMBER');
    const asked = report(images, { group: 'session' });
    expect(asked.leakage.keys.find(({ key }) => key === 'session')).toMatchObject({
      weight: 'RED',
      verdict: { colour: 'RED' },
      testShare: { value: 0.5 },
    });
    expect(asked.group).toBe('session');
  });
  it('is GREY, never GREEN, where units, bytes or looks are unknown', () => {
    const unknown: Partial<Given>[] = [{ unit: null }, { digest: null }];
    for (const lack of unknown)
      expect(cardOf(report(FAIR.map((image) => ({ ...image, ...lack }))), 'LEAKAGE').colour).toBe('GREY');
    expect(cardOf(report(FAIR, {}, { nearLooks: null }), 'LEAKAGE')).toMatchObject({
      colour: 'GREY',
      caveats: [{ code: 'LOOKS_NOT_COMPARED' }],
    });
    expect(report(FAIR, { group: 'session' }).leakage.keys[1]).toMatchObject({
      key: 'session',
      knownImages: { value: 0 },
      verdict: { colour: 'GREY' },
    });
  });
  it('by the same bytes is RED, and different labels of the same bytes are listed', () => {
    const copy = part('test', 1, (index) => ({
      digest: index === 0 ? 'train 0' : 'own',
      labels: ['b'],
      id: idOf(`copy ${index}`),
    }));
    const made = report([...FAIR, ...copy.map((image) => ({ ...image, unit: 'copy' }))]);
    expect(cardOf(made, 'LEAKAGE').sentence).toMatch(/^1 test image has a twin in train/);
    expect(made.leakage.exact).toMatchObject({
      contents: { value: 1 },
      testImages: { value: 1 },
      verdict: { colour: 'RED' },
      groups: [{ value: 'train 0' }],
      conflictCount: { value: 1 },
      conflicts: [{ digest: 'train 0', labels: ['a', 'b'] }],
    });
  });
  it('by looks is AMBER, candidates and confirmed apart, and reaches every image of the same bytes', () => {
    const twin = (second: string) => ({ first: idOf('train 0'), second: idOf(second), distance: 2 });
    const images = FAIR.map((image) =>
      image.id === idOf('test 9') ? { ...image, digest: 'test 5' } : image,
    );
    const made = report(
      images,
      {},
      {
        nearLooks: {
          candidates: [twin('test 5'), twin('test 7'), twin('train 8')],
          confirmed: [{ ...twin('test 5'), correlation: 0.99 }],
        },
      },
    );
    expect(cardOf(made, 'LEAKAGE')).toMatchObject({ colour: 'AMBER' });
    expect(cardOf(made, 'LEAKAGE').sentence).toMatch(/1 of 2 candidate pairs/);
    expect(made.leakage.near).toMatchObject({
      candidates: { value: 2 },
      confirmed: { value: 1 },
      testImages: { value: 2 },
      pairs: [{ first: idOf('train 0'), firstPart: 'train', secondPart: 'test', correlation: 0.99 }],
    });
  });
  it('by declared copies is RED where they are exact, else AMBER; copies within test are redundant too', () => {
    const pair = (first: string, second: string, judgement: 'EXACT' | 'NEAR' | 'SIMILAR') => ({
      first: idOf(first),
      second: idOf(second),
      judgement,
    });
    const declaredPairs = [
      pair('test 2', 'train 0', 'NEAR'),
      pair('test 3', 'test 2', 'NEAR'),
      pair('test 20', 'test 21', 'SIMILAR'),
      pair('train 8', 'train 9', 'EXACT'),
      pair('test 30', 'image of no part', 'EXACT'),
    ];
    const made = report(FAIR, {}, { declaredPairs });
    expect(cardOf(made, 'LEAKAGE').colour).toBe('AMBER');
    const { declared } = made.leakage;
    expect(declared).toMatchObject({ testImages: { value: 1 }, redundant: { testImages: { value: 3 } } });
    expect(declared).toMatchObject({ testPairs: { value: 3 }, pairsPerTestImage: { value: 3 / 800 } });
    expect(declared.judgements.map(({ judgement, acrossParts }) => [judgement, acrossParts.value])).toEqual([
      ['EXACT', 0],
      ['NEAR', 1],
      ['SIMILAR', 0],
    ]);
    const exact = report(FAIR, {}, { declaredPairs: [...declaredPairs, pair('test 4', 'train 4', 'EXACT')] });
    expect(cardOf(exact, 'LEAKAGE').colour).toBe('RED');
  });
});

describe('The balance of parts', () => {
  const skewed = [
    ...part('train', 300),
    ...part('test', 100, (index) => ({
      values: { site: index < 180 ? 'north' : 'south', camera: `camera ${index % 4 === 0 ? 3 : 1}` },
    })),
  ];
  const made = report(skewed);
  const named = (name: string) => made.balance.find((variable) => variable.name === name)!;
  it('is RED where a factor differs by more than chance puts any, and shows its levels by part', () => {
    expect(cardOf(made, 'SPLIT_BALANCE').colour).toBe('RED');
    const [test] = named('site').compared;
    expect(test).toMatchObject({
      part: 'test',
      kind: 'TEST',
      isBeyondChance: true,
      verdict: { colour: 'RED' },
    });
    expect(test!.percentile.value).toBe(1);
    expect(test!.totalVariation.value).toBeCloseTo(0.4, 12);
    expect(named('site').levels[0]).toMatchObject({
      level: 'north',
      parts: [{ images: { value: 180 } }, { images: { value: 300 } }],
    });
    expect(named('label').compared[0]!.isBeyondChance).toBe(false);
  });
  it('gives every p its q', () => {
    for (const { association, compared } of made.balance)
      for (const { p, q } of [association, ...compared.map(({ totalVariation }) => totalVariation)])
        expect(q === null).toBe(p === null);
  });
  it('names what test cannot measure and train has never seen, with their images', () => {
    expect(made.holes).toMatchObject({ unmeasurableCount: 2, unseenCount: 1 });
    expect(made.holes.holes).toContainEqual(
      expect.objectContaining({ name: 'camera', level: 'camera 3', meaning: 'UNSEEN', part: 'test' }),
    );
    expect(cardOf(made, 'SPLIT_BALANCE').sentence).toMatch(
      /Test cannot measure 2 levels. Train has never seen 1 level of test/,
    );
  });
  it('of a small split at random is not coloured, however different the parts look', () => {
    const random = seeded(4);
    const one = (of: number) => Math.floor(random() * of);
    const coloured = Array.from({ length: 40 }, () => {
      const images = Array.from({ length: 60 }, (_, unit) => ({
        unit: `u${unit}`,
        part: random() < 0.25 ? 'test' : 'train',
        labels: [one(2) === 0 ? 'a' : 'b'],
        values: { site: `site ${one(5)}`, camera: `camera ${one(7)}` },
      }));
      return cardOf(report(images), 'SPLIT_BALANCE').colour;
    });
    expect(coloured.filter((colour) => colour === 'RED' || colour === 'AMBER').length).toBeLessThanOrEqual(3);
  });
  it('counts a level that no image of the other part has as different altogether', () => {
    const apart = report([
      ...part('train', 60, () => ({ values: { site: 'north' } })),
      ...part('test', 60, () => ({ values: { site: 'south' } })),
    ]);
    expect(apart.balance[0]).toMatchObject({ name: 'site', compared: [{ verdict: { colour: 'RED' } }] });
  });
  it('of folds holds each against all others, and says how evenly they share the classes', () => {
    const folds = report(['fold-1', 'fold-2', 'fold-3'].flatMap((name) => part(name, 40)));
    expect(folds).toMatchObject({ partsTakenBy: 'FOLDS', trainPart: null, testPart: null });
    expect(folds.balance[0]!.compared.map(({ kind }) => kind)).toEqual(['FOLD', 'FOLD', 'FOLD']);
    expect(folds.folds).toMatchObject({
      labelDistribution: { value: 0 },
      classes: [{ deviation: { value: 0 } }, {}],
    });
    expect(folds.adversarial.telling).toEqual([]);
    const leaking = report(
      ['fold-1', 'fold-2'].flatMap((name) => part(name, 40, (index) => ({ unit: `u${index % 50}` }))),
    );
    expect(leaking.leakage.keys[0]!.testShare.value).toBe(1);
  });
});

describe('Adversarial validation', () => {
  it('tells parts apart by what they differ in, and names the values that do', () => {
    const made = report([
      ...part('train', 200),
      ...part('test', 100, (index) => ({ values: { site: 'west' }, measures: { sharpness: 300 + index } })),
    ]);
    expect(cardOf(made, 'ADVERSARIAL').colour).toBe('RED');
    expect(made.adversarial.area.value).toBeGreaterThan(0.99);
    expect(made.adversarial.independentInterval).not.toBeNull();
    expect(made.adversarial.telling.length).toBeLessThanOrEqual(10);
    expect(made.adversarial.telling[0]!.logOdds.value).not.toBe(0);
    expect(made.adversarial.telling).toContainEqual(
      expect.objectContaining({
        attribute: 'site',
        level: 'west',
        testImages: expect.objectContaining({ value: 200 }),
      }),
    );
    const [sharpness] = made.adversarial.numbers;
    expect(sharpness).toMatchObject({ name: 'sharpness', kolmogorovSmirnov: { value: 1 } });
    expect(sharpness!.wasserstein.value).toBeGreaterThan(1);
  });
  it('is not coloured where parts told apart at random would lie in its interval', () => {
    const random = seeded(9);
    const colours = Array.from({ length: 20 }, () => {
      const images = [...part('train', 120), ...part('test', 120)].map((image) => ({
        ...image,
        values: { site: `site ${Math.floor(random() * 5)}` },
        measures: { sharpness: random() },
      }));
      return cardOf(report(images), 'ADVERSARIAL').colour;
    });
    expect(colours.filter((colour) => colour === 'AMBER' || colour === 'RED').length).toBeLessThanOrEqual(2);
  });
  it('of an external test part is told and not judged, and leakage is judged all the same', () => {
    const images = [
      ...part('train', 200),
      ...part('val', 100),
      ...part('test', 100, (index) => ({
        values: { site: 'west' },
        unit: `${index < 2 ? 'train' : 'test'} ${index >> 1}`,
      })),
    ];
    const made = report(images, { external: true });
    expect(made.adversarial.verdict).toBeNull();
    expect(made.adversarial.area.value).toBeGreaterThan(0.9);
    expect(made.cards.map(({ kind }) => kind)).not.toContain('ADVERSARIAL');
    expect(
      made.balance
        .flatMap(({ compared }) => compared.filter(({ kind }) => kind === 'TEST'))
        .map(({ verdict }) => verdict),
    ).toEqual(made.balance.map(() => null));
    expect(cardOf(made, 'SPLIT_BALANCE').sentence).toMatch(/val and train/);
    expect(cardOf(made, 'LEAKAGE')).toMatchObject({ colour: 'RED' });
    expect(cardOf(made, 'LEAKAGE').caveats.map(({ code }) => code)).toContain('EXTERNAL_TEST');
    const without = report(
      images.filter(({ part: name }) => name !== 'val'),
      { external: true },
    );
    expect(without.cards.map(({ kind }) => kind)).toEqual(['LEAKAGE', 'TEST_SIZE']);
  });
});

describe('The size of test', () => {
  it('of fewer than 37 units of a class is GREY, and says how well its score can be known', () => {
    const made = report([...part('train', 200), ...part('test', 20)]);
    expect(cardOf(made, 'TEST_SIZE')).toMatchObject({ colour: 'GREY', unitsNeeded: 37 });
    expect(cardOf(made, 'TEST_SIZE').sentence).toMatch(
      /The part "test" has 20 of the 37 units it needs: .* ±0\.14 at best\. 2 classes/,
    );
    expect(made.testedClasses.map(({ label, units }) => [label, units.value])).toEqual([
      [null, 20],
      ['a', 10],
      ['b', 10],
    ]);
  });
  it('without a class has no score for it', () => {
    const made = report([...part('train', 200), ...part('test', 100, () => ({ labels: ['a'] }))]);
    expect(made.testedClasses[1]).toMatchObject({
      label: 'b',
      halfWidth: { value: null, reason: 'NO_TEST_CASES' },
    });
    expect(cardOf(made, 'TEST_SIZE').sentence).toMatch(/In test the class "b" has no image/);
  });
  it('of no image is RED', () => {
    const facts = { parts: { names: ['train', 'test'], areFolds: false } };
    const made = report(part('train', 60), {}, facts);
    expect(cardOf(made, 'TEST_SIZE')).toMatchObject({
      colour: 'RED',
      headline: { value: null, reason: 'EMPTY_TEST' },
    });
    expect(made.leakage.testShare).toMatchObject({ value: null, reason: 'EMPTY_TEST' });
    expect(made.balance[0]!.compared[0]!.totalVariation.reason).toBe('EMPTY_TEST');
  });
});

describe('A split of one part, or of no image', () => {
  it('is NOT_APPLICABLE and GREY throughout', () => {
    for (const images of [part('train', 50), []]) {
      const made = report(images);
      expect(made.cards).toHaveLength(4);
      for (const { colour, headline } of made.cards)
        expect([colour, headline.value, headline.status]).toEqual(['GREY', null, 'NOT_APPLICABLE']);
    }
  });
});

describe('Of a personal dataset', () => {
  it('no person is named and no count of 1 to 4 told', () => {
    const made = report(
      [
        ...FAIR,
        ...part('test', 1, (index) => ({
          id: idOf(`again ${index}`),
          unit: 'train 3',
          digest: 'train 0',
          labels: ['b'],
        })),
      ],
      { personal: true },
      { declaredPairs: [{ first: idOf('test 2'), second: idOf('train 0'), judgement: 'EXACT' }] },
    );
    expect(cardOf(made, 'LEAKAGE')).toMatchObject({
      colour: 'RED',
      headline: { value: null, status: 'SUPPRESSED' },
    });
    expect(JSON.stringify(made)).not.toMatch(/train 3|train 0/);
    const { keys, exact, declared } = made.leakage;
    for (const count of [
      keys[0]!.sharedGroups,
      keys[0]!.testImages,
      exact.contents,
      exact.conflictCount,
      declared.testImages,
    ])
      expect(count).toMatchObject({ value: null, status: 'SUPPRESSED' });
    // The groups of the parts, added up, less the groups in all are those in two parts.
    for (const { groups } of made.parts) expect(groups).toMatchObject({ value: null, status: 'SUPPRESSED' });
  });

  it('the groups of each part are told where none stands in two', () => {
    const { parts } = report(FAIR, { personal: true });
    for (const { groups } of parts) expect(groups.value).toBeGreaterThan(4);
  });
});

describe('Whatever the parts, units and labels are', () => {
  const image = fc.record({
    unit: fc.option(fc.integer({ min: 0, max: 30 }).map(String), { nil: null }),
    part: fc.option(fc.constantFrom('train', 'test', 'val', 'fold-1', ''), { nil: null }),
    labels: fc.option(fc.subarray(['a', 'b', 'c']), { nil: null }),
    digest: fc.option(fc.constantFrom('x', 'y', 'z'), { nil: null }),
    measures: fc.record({
      sharpness: fc.option(fc.double({ noDefaultInfinity: true, noNaN: true }), { nil: null }),
    }),
    values: fc.record({
      site: fc.option(fc.constantFrom('north', 'south', '(other)', '(missing)', ''), { nil: null }),
      session: fc.option(fc.integer({ min: 0, max: 9 }).map(String), { nil: null }),
    }),
  });
  it('every number is finite, and a missing value has its reason', () => {
    fc.assert(
      fc.property(
        fc.array(image, { maxLength: 70 }),
        fc.constantFrom('unit', 'session', 'site'),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        fc.array(fc.tuple(fc.nat(69), fc.nat(69)), { maxLength: 6 }),
        (given, group, personal, external, areFolds, pairs) => {
          const images = given.map((one, index) => ({ ...one, id: idOf(`${index}`) }));
          const links = pairs.map(([a, b]) => ({ first: idOf(`${a}`), second: idOf(`${b}`), distance: 1 }));
          const names = [...new Set(images.flatMap(({ part: name }) => (name === null ? [] : [name])))];
          const made = report(
            images,
            { group, personal, external },
            {
              nearLooks: { candidates: links, confirmed: links.map((link) => ({ ...link, correlation: 1 })) },
              declaredPairs: links.map(({ first, second }) => ({
                first,
                second,
                judgement: 'NEAR' as const,
              })),
              parts: areFolds ? { names, areFolds } : null,
            },
          );
          expect(numbersIn(made).every(Number.isFinite)).toBe(true);
          expectReasons(made);
          if (personal)
            expect(countsShown(made.leakage).filter((count) => count > 0 && count < 5)).toEqual([]);
          const told = made.parts.flatMap(({ groups }) => groups.value ?? []);
          const shared =
            told.reduce((sum, groups) => sum + groups, 0) - (made.parts[0]?.groups.unitCount ?? 0);
          if (personal && made.parts.length === 2 && told.length === 2)
            expect([1, 2, 3, 4]).not.toContain(shared);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** Every estimate without a value says why. */
function expectReasons(value: unknown): void {
  if (value === null || typeof value !== 'object') return;
  if ('status' in value && 'reason' in value && 'value' in value && value.value === null)
    expect(value.reason).not.toBeNull();
  Object.values(value).forEach(expectReasons);
}

/** Every count of images, groups, contents or pairs that is shown. */
function countsShown(value: unknown): number[] {
  if (value === null || typeof value !== 'object') return [];
  if ('method' in value && 'value' in value)
    return /^(images|groups|contents|pairs)/.test(String(value.method)) && value.value !== null
      ? [Number(value.value)]
      : [];
  return Object.values(value).flatMap(countsShown);
}
