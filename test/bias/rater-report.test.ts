import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { raterColumns } from '../../src/bias/raters/rater-columns.ts';
import type { RaterPage, RaterStatement } from '../../src/bias/raters/rater-page.ts';
import { raterReport } from '../../src/bias/raters/rater-report.ts';

const CLASSES = ['healthy', 'ill', 'dead'];
const random = () => {
  const generator = xoroshiro128plus(7);
  return () => (generator.next() >>> 0) / 2 ** 32;
};

const said = (annotator: string, label: string, more: Partial<RaterStatement> = {}): RaterStatement => ({
  annotator,
  kind: 'HUMAN',
  label,
  pass: 1,
  votes: 1,
  at: null,
  seconds: null,
  order: '0',
  ...more,
});

/** Six raters of 400 images of two sites: `harsh` says ill for healthy often, `copy` repeats `ann`, `gold` is `dee`. */
function pages(): RaterPage[] {
  const draw = random();
  const images = Array.from({ length: 400 }, (_, index) => {
    const truth = CLASSES[Math.floor(draw() * 3)]!;
    const honest = (skill: number) => (draw() < skill ? truth : CLASSES[Math.floor(draw() * 3)]!);
    const [ann, bo, cy, dee] = [honest(0.75), honest(0.75), honest(0.75), honest(0.8)];
    const harsh = truth === 'healthy' && draw() < 0.6 ? 'ill' : honest(0.8);
    const day = new Date(Date.UTC(2026, 0, 1 + Math.floor(index / 25), 9, index % 25)).toISOString();
    const later = new Date(Date.parse(day) + 3 * 86_400_000).toISOString();
    return {
      image: index.toString(16).padStart(32, '0'),
      unit: `u${index % 80}`,
      unitKnown: true,
      bucket: index % 50,
      factors: [index % 2 === 0 ? 'north' : 'south', null, null, null, null, null],
      ratings: [
        said('ann', ann, { at: day, seconds: '12' }),
        said('bo', bo),
        said('cy', cy),
        said('dee', dee),
        said('copy', ann),
        said('harsh', harsh),
        ...(index < 40 ? [said('ann', index < 30 ? ann : 'dead', { pass: 2, at: later })] : []),
        said('gold', dee, { kind: 'REFERENCE' }),
      ],
    };
  });
  return [{ images: images.slice(0, 150) }, { images: images.slice(150) }];
}

describe('The report on raters', () => {
  const columns = raterColumns(pages(), CLASSES);
  const report = raterReport(columns, true, false, random);
  const row = (name: string) => report.raters.find(({ rater }) => rater === name)!;

  it('tells who uses the classes otherwise than the others, and which', () => {
    const harsh = row('harsh');
    expect(harsh.shift.value).toBeGreaterThan(0.1);
    expect(harsh.shift.q).toBeLessThan(0.001);
    expect(harsh.classes.find(({ label }) => label === 'healthy')!.shift.value).toBeLessThan(-0.5);
    expect(report.cards[0]!.sentence).toMatch(/"harsh" uses the classes otherwise/);
    expect(row('bo').shift.q).toBeGreaterThan(0.05);
  });

  it('tells what each rater says of each true class', () => {
    const { classes, shares } = row('harsh').confusion!;
    expect(classes).toEqual(CLASSES);
    for (const said of shares) expect(said.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    // 60 % of the healthy, and a twentieth of the others.
    expect(shares[0]![1]).toBeGreaterThan(0.5);
    expect(shares[2]![1]).toBeLessThan(0.2);
  });

  it('suspects two names that agree beyond what they would as two people', () => {
    const found = report.identities.filter(({ kind }) => kind === 'IMPROBABLE_AGREEMENT');
    expect(found.map(({ names }) => names.toSorted())).toEqual([['ann', 'copy']]);
    expect(found[0]!.sentence).toMatch(/may be one person/);
    // 40 of the 400 images `ann` looked at twice: those count for neither.
    expect(found[0]!.sharedItems).toMatchObject({ value: 360, imageCount: 360, unitCount: 80, status: 'OK' });
  });

  it('suspects a rater who is the reference', () => {
    const found = report.identities.filter(({ kind }) => kind === 'EQUALS_REFERENCE');
    expect(found.map(({ names }) => names)).toEqual([['dee', 'gold']]);
  });

  it('holds a rater against the same rater days later, and against nobody else', () => {
    const { repeats, percentAgreement } = row('ann').selfConsistency;
    expect(repeats).toBe(40);
    expect(percentAgreement.value).toBeGreaterThan(0.74);
    expect(row('bo').selfConsistency.percentAgreement.reason).toBe('NO_REPEATS');
    expect(columns.columns.raterOf).toHaveLength(400 * 6);
  });

  it('gives accuracy and information by the model, and says that they have no interval', () => {
    expect(row('dee').accuracy.value).toBeGreaterThan(row('harsh').accuracy.value!);
    expect(row('dee').accuracy.reason).toBe('MODEL_WITHOUT_INTERVAL');
  });

  it('sets each rater against the sites', () => {
    const [site] = row('ann').factors;
    expect(site!.factor).toBe('site');
    expect(site!.association.interval).not.toBeNull();
  });

  it('is GREY where nobody labelled what another did', () => {
    const alone = [
      { images: pages()[0]!.images.map((image) => ({ ...image, ratings: [said('ann', 'ill')] })) },
    ];
    const { cards, raters, identities } = raterReport(raterColumns(alone, CLASSES), true, false, random);
    expect(cards.map(({ colour }) => colour)).toEqual(['GREY', 'GREY']);
    expect([raters.every(({ shift }) => shift.value === null), identities]).toEqual([true, []]);
  });

  it('is the same in whatever order the pages’ statements stand', () => {
    const turned = pages().map(({ images }) => ({
      images: images.map((image) => ({ ...image, ratings: image.ratings.toReversed() })),
    }));
    expect(raterReport(raterColumns(turned, CLASSES), true, false, random)).toEqual(report);
  });

  it('holds nothing that JSON cannot', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
