import { describe, expect, it } from 'vitest';
import type { ReportFacts } from '../../src/bias/report-input.ts';
import type { RequestParts } from '../../src/bias/report-request.ts';
import { seeded } from '../statistics/oracle.ts';
import { type Given, reportOn, subjectsOf } from './subjects-fixture.ts';

const MEASURES = ['mean', 'contrast', 'robustContrast', 'sharpness', 'noise'];

function report(
  images: readonly Given[],
  parts: Partial<RequestParts> = {},
  facts: Partial<ReportFacts> = {},
) {
  return reportOn('MEASUREMENT', columns(images), parts, facts);
}

function columns(images: readonly Given[]) {
  return subjectsOf(images, {
    factors: ['site', 'device', 'operator'],
    classes: ['crop', 'weed'],
    measures: MEASURES.filter((name) => images.some(({ measures }) => measures?.[name] !== undefined)),
  });
}

/** So many images, each its own unit, of a random measure. */
function noisy(count: number, of: (index: number, noise: number) => Given, seed = 1): Given[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) => of(index, random() + random() + random()));
}

const day = (index: number) => new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10);
const caveats = (card: { caveats: readonly { code: string }[] }) => card.caveats.map(({ code }) => code);

describe('Variance components', () => {
  const bySite = (sites: number, step: number) =>
    noisy(600, (index, noise) => ({
      values: { site: `site ${index % sites}` },
      measures: { mean: noise + step * (index % sites) },
    }));

  it('tell how far sites scatter, and what that costs in units', () => {
    const [scatter] = report(bySite(6, 0.5)).scatters;
    expect(scatter).toMatchObject({ factor: 'site', levels: 6, verdict: { colour: 'RED' } });
    expect(scatter!.intraclassCorrelation.interval).toMatchObject({ method: 'Searle, from F' });
    expect(scatter!.sentence).toMatch(
      /^Of mean, \d+ units tell as much as \d+ that have no site in common\.$/,
    );
  });

  it('of fewer than five levels are shown and GREY, and no number of units would help', () => {
    const [scatter] = report(bySite(3, 1)).scatters;
    expect(scatter!.intraclassCorrelation).toMatchObject({ status: 'INSUFFICIENT' });
    expect(scatter!.intraclassCorrelation.value).toBeGreaterThan(0.5);
    expect(scatter!.verdict).toEqual({ colour: 'GREY', certainty: 'UNRESOLVED', unitsNeeded: null });
    expect(scatter!.sentence).toBe('3 levels of site cannot tell the spread of all; at least 5 would.');
  });

  it('pool no levels: every one is a draw', () => {
    const images = noisy(120, (index, noise) => ({
      values: { operator: `operator ${index % 40}` },
      measures: { mean: noise + (index % 40) },
    }));
    const made = report(images);
    expect(made.effects[0]!.omegaSquared.reason).toBe('SINGLE_LEVEL');
    expect(made.scatters[0]).toMatchObject({ levels: 40, verdict: { colour: 'RED' } });
  });

  it('of two crossed factors say whose scatter it is', () => {
    const images = noisy(900, (index, noise) => ({
      values: { site: `site ${index % 6}`, device: `device ${Math.floor(index / 6) % 5}` },
      measures: { mean: noise + 2 * (index % 6) },
    }));
    const [crossed] = report(images).crossedScatters;
    expect(crossed).toMatchObject({ first: 'site', second: 'device' });
    expect(crossed!.firstShare.value).toBeGreaterThan(0.8);
    expect(crossed!.secondShare.value).toBeLessThan(0.05);
  });

  it('of a device for every site are CONFOUNDED', () => {
    const images = noisy(300, (index, noise) => ({
      values: { site: `site ${index % 6}`, device: `device ${index % 6}` },
      measures: { mean: noise },
    }));
    expect(report(images).crossedScatters[0]!.firstShare).toMatchObject({
      value: null,
      status: 'NOT_APPLICABLE',
      reason: 'CONFOUNDED',
    });
  });
});

describe('Centres', () => {
  const sites = (label: (site: number) => string, shift: number) =>
    noisy(800, (index, noise) => ({
      labels: [label(index % 4)],
      values: { site: `site ${index % 4}` },
      measures: Object.fromEntries(
        MEASURES.map((name, place) => [
          name,
          noise * (1 + place) + (index % 4 === 3 ? shift : 0) + (index % 7),
        ]),
      ),
    }));

  it('that stand apart are named with their images, raw and shrunken', () => {
    const made = report(sites((site) => (site % 2 === 0 ? 'crop' : 'weed'), 4));
    const [worst] = made.centres;
    expect(worst).toMatchObject({
      factor: 'site',
      centre: 'site 3',
      worse: 'LOCATION',
      verdict: { colour: 'RED' },
    });
    expect(worst!.selection!.where).toEqual([{ kind: 'IN', field: 'site', values: ['site 3'] }]);
    expect(worst!.location).toMatchObject({ imageCount: 200, unitCount: 200 });
    expect(worst!.shrunkenLocation.value).toBeGreaterThan(0.5);
    expect(made.centreCount).toBe(20);
    expect(made.cards[1]!.sentence).toMatch(/^At site "site 3" \w+ stands .* above the mean of all\.$/);
  });

  it('may be biology where they go with the label', () => {
    const tied = report(sites((site) => (site === 3 ? 'weed' : 'crop'), 4));
    expect(caveats(tied.cards[1]!)).toContain('CENTRE_MAY_BE_BIOLOGY');
    const free = sites(() => 'crop', 4).map((image, index) => ({
      ...image,
      labels: [Math.floor(index / 4) % 2 === 0 ? 'crop' : 'weed'],
    }));
    expect(caveats(report(free).cards[1]!)).not.toContain('CENTRE_MAY_BE_BIOLOGY');
  });

  it('may be biology where one class of several goes with them', () => {
    const images = sites(() => 'crop', 4).map((image, index) => ({
      ...image,
      labels: index % 4 === 3 ? ['crop', 'weed'] : ['crop'],
    }));
    expect(caveats(report(images).cards[1]!)).toContain('CENTRE_MAY_BE_BIOLOGY');
  });

  it('of fewer than 30 units are GREY, however many the others have', () => {
    const images = noisy(420, (index, noise) => ({
      values: { site: index < 400 ? 'large' : 'small' },
      measures: { mean: noise + (index < 400 ? 0 : 9) },
    }));
    const small = report(images).centres.find(({ centre }) => centre === 'small')!;
    expect(small.location.value).toBeGreaterThan(2);
    expect(small.verdict.colour).toBe('GREY');
  });

  it('that scatter more are told by their variance', () => {
    const images = noisy(900, (index, noise) => ({
      values: { site: `site ${index % 3}` },
      measures: { mean: (noise - 1.5) * (index % 3 === 0 ? 5 : 1) },
    }));
    const made = report(images);
    expect(made.centres[0]).toMatchObject({ worse: 'SCALE', verdict: { colour: 'RED' } });
    expect(made.cards[1]!.sentence).toMatch(/the variance of mean is .* times that inside all/);
  });

  it('are GREY where no site and no device is recorded', () => {
    const made = report(noisy(60, (_, noise) => ({ measures: { mean: noise } })));
    expect(made.cards[1]).toMatchObject({
      kind: 'CENTRE_EFFECT',
      colour: 'GREY',
      headline: { reason: 'NO_CENTRE_RECORDED' },
    });
  });
});

describe('Drift', () => {
  const drifting = (step: number) =>
    noisy(1200, (index, noise) => ({
      captured: day(index % 40),
      values: { site: index % 2 === 0 ? 'north' : 'south', device: 'one' },
      measures: { mean: noise + (index % 2 === 0 ? step * (index % 40) : 0) },
    }));

  it('is found where it is, with its images and its q', () => {
    const made = report(drifting(0.05));
    expect(made.drifts).toHaveLength(2);
    expect(made.drifts[0]).toMatchObject({
      site: 'north',
      device: 'one',
      period: 'DAY',
      firstDay: '2025-01-01',
      verdict: { colour: 'RED' },
      selection: {
        where: [
          { kind: 'IN', field: 'site', values: ['north'] },
          { kind: 'IN', field: 'device', values: ['one'] },
        ],
      },
    });
    const { p, q } = made.drifts[0]!.totalDrift;
    expect(q).toBeCloseTo(2 * p!, 12);
    expect(made.cards[2]!.sentence).toMatch(
      /^mean rose by .* standard deviations from 2025-01-01 to 2025-02-0\d at site "north" with device "one"\.$/,
    );
  });

  it('is told day by day, to be drawn', () => {
    const { series, periods } = report(drifting(0.05)).drifts[0]!;
    expect(series).toHaveLength(periods);
    expect(series![0]).toMatchObject({ firstDay: '2025-01-01', lastDay: '2025-01-01' });
    expect(series!.at(-1)!.mean - series![0]!.mean).toBeGreaterThan(1);
  });

  it('is GREY where no day is known', () => {
    const made = report(noisy(60, (_, noise) => ({ measures: { mean: noise } })));
    expect(made.drifts).toEqual([]);
    expect(made.cards[2]).toMatchObject({
      kind: 'DRIFT',
      colour: 'GREY',
      headline: { reason: 'NO_DAY_KNOWN' },
    });
  });

  it('is GREY where there are fewer than ten days', () => {
    const made = report(
      noisy(300, (index, noise) => ({ captured: day(index % 9), measures: { mean: noise } })),
    );
    expect(made.drifts[0]).toMatchObject({
      site: null,
      device: null,
      periods: 9,
      totalDrift: { status: 'INSUFFICIENT', reason: 'FEWER_THAN_10_PERIODS' },
    });
    expect(made.cards[2]).toMatchObject({ colour: 'GREY' });
  });

  it('is told of the series that are long enough, with how many are not', () => {
    const short = noisy(40, (index, noise) => ({
      captured: day(index % 3),
      values: { site: 'west', device: 'one' },
      measures: { mean: noise },
    }));
    const { cards } = report([...drifting(0.05), ...short]);
    expect(cards[2]).toMatchObject({ colour: 'RED' });
    expect(cards[2]!.sentence).toMatch(/ 1 of 3 series are too short, or too even, to tell\.$/);
  });

  it('lists gaps and steps as days', () => {
    const images = noisy(900, (index, noise) => {
      const at = index % 45;
      return { captured: day(at < 30 ? at : at + 10), measures: { mean: noise + (at < 30 ? 0 : 3) } };
    });
    const [drift] = report(images).drifts;
    expect(drift!.gaps).toEqual([{ first: '2025-01-31', last: '2025-02-09' }]);
    expect(drift!.steps[0]).toMatchObject({ direction: 'UP', alarm: '2025-02-10' });
    expect(drift!.stepCount).toBeGreaterThan(0);
  });

  it('looks at images whose site is missing as a group of their own', () => {
    const images = drifting(0).map((image) => ({ ...image, values: { device: 'one' } }));
    expect(report(images).drifts[0]!.selection.where).toEqual([
      { kind: 'MISSING', field: 'site' },
      { kind: 'IN', field: 'device', values: ['one'] },
    ]);
  });
});

describe('The comparison with a reference', () => {
  const sample = (seed: number, shift = 0) =>
    noisy(400, (_, noise) => ({ measures: { mean: noise + shift, noise: noise * noise } }), seed);
  const reference = { datasetId: 'r', slug: 'field', revision: 1 };

  it('is absent without one', () => {
    expect(report(sample(1)).deployment).toBeNull();
    expect(report(sample(1)).cards.map(({ kind }) => kind)).not.toContain('DEPLOYMENT_DIFFERENCE');
  });

  it('finds a measure that differs, and that the measures tell the two apart', () => {
    const made = report(sample(1, 2), { reference }, { reference: columns(sample(2)) });
    expect(made.deployment!.measures[0]).toMatchObject({ measure: 'mean', verdict: { colour: 'RED' } });
    expect(made.deployment).toMatchObject({ reference: 'field', verdict: { colour: 'RED' } });
    expect(made.cards.at(-1)!.sentence).toMatch(
      /^Quality measures alone tell the images from those of field/,
    );
  });

  it('finds nothing between two samples of one kind, and leaves out what the reference excluded', () => {
    const excluded = sample(3, 9).map(
      (image): Given => ({
        ...image,
        excluded: { stage: 'ELIGIBLE', reason: 'blurred' },
      }),
    );
    const made = report(sample(1), { reference }, { reference: columns([...sample(2), ...excluded]) });
    expect(Math.abs(made.deployment!.measures[0]!.standardizedDifference.value!)).toBeLessThan(0.2);
    expect(made.deployment!.area.value).toBeCloseTo(0.5, 1);
    expect(made.deployment!.verdict.colour).not.toBe('RED');
  });

  it('is not applicable to a reference without measures', () => {
    const made = report(sample(1), { reference }, { reference: columns([{ values: { site: 'north' } }]) });
    expect(made.deployment).toMatchObject({ measures: [], area: { value: null, reason: 'NO_ATTRIBUTE' } });
    expect(made.cards.at(-1)).toMatchObject({ colour: 'GREY' });
  });
});

describe('Confounded factors', () => {
  const tied = noisy(400, (index, noise) => ({
    values: { site: index % 2 === 0 ? 'north' : 'south', device: index % 2 === 0 ? 'one' : 'two' },
    measures: { mean: noise },
  }));

  it('stand on the card, with the images of the levels that go together', () => {
    const made = report(tied);
    expect(made.confoundedPairCount).toBe(1);
    expect(made.confoundedPairs[0]).toMatchObject({ first: 'site', second: 'device' });
    const [site, device] = made.confoundedPairs[0]!.selection!.where;
    expect([
      ['north', 'one'],
      ['south', 'two'],
    ]).toContainEqual(
      [site, device].flatMap((condition) => ('values' in condition! ? condition.values : [])),
    );
    expect(made.cards[0]!.sentence).toMatch(/Confounded: site with device \(V 1 /);
    expect(caveats(made.cards[0]!)).toContain('CONFOUNDED_FACTORS');
  });

  it('are denied where there are none', () => {
    const free = tied.map((image, index) => ({
      ...image,
      values: { site: image.values!.site!, device: Math.floor(index / 2) % 2 === 0 ? 'one' : 'two' },
    }));
    expect(report(free).cards[0]!.sentence).toMatch(/No two factors are confounded\.$/);
  });
});

describe('A personal dataset', () => {
  it('tells of no group of fewer than five people, and counts in steps of five', () => {
    const images = noisy(323, (index, noise) => ({
      unit: `patient ${index}`,
      captured: day(index % 20),
      values: { site: index < 320 ? 'north' : 'south' },
      measures: { mean: noise },
    }));
    const made = report(images, { personal: true });
    expect(made.drifts.map(({ site }) => site)).toEqual(['north']);
    // A day's mean may be of one person.
    expect(made.drifts[0]!.series).toBeNull();
    expect(made.centres.map(({ centre }) => centre)).toEqual(['north']);
    expect(made.effects[0]!.omegaSquared).toMatchObject({ imageCount: 320, unitCount: 320 });
    expect(caveats(made.cards[0]!)).toContain('SMALL_COUNTS_SUPPRESSED');
    expect(report(images).drifts).toHaveLength(2);
  });
});

describe('A part of a split', () => {
  it('is said in every selection of images', () => {
    const images = noisy(200, (index, noise) => ({
      part: index % 2 === 0 ? 'train' : 'test',
      values: { site: index % 4 < 2 ? 'north' : 'south' },
      measures: { mean: noise + (index % 4 < 2 ? 0 : 5) },
    }));
    const made = report(images, { part: 'train' });
    expect(made.imageCount).toBe(100);
    expect(made.effects[0]!.extremes[0]!.selection!.where).toContainEqual({
      kind: 'IN',
      field: 'part',
      values: ['train'],
    });
  });
});
