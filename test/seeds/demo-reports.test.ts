import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoDatasetDescription } from '../../seeds/demo/demo-dataset-description.ts';
import { bringInDemo } from '../../seeds/demo/seed-demo.ts';
import { SILENT } from '../../src/app/client/import-report.ts';
import { drawnDemo } from '../support/demo.ts';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';

const REPORTS = `query ($slug: String!) { dataset(slug: $slug) {
  imageCounts { kept excluded }
  duplicates { exact { images { name } } near { firstName secondName } }
  selectionReport { colour cards { kind colour sentence }
    factors { name levels { level representationRatio { value } } }
    missing { name label share { value } verdict { colour } } }
  measurementReport { cards { colour sentence } effects { factor measure omegaSquared { value interval { lower upper } } verdict { colour } } }
  associationReport { cards { colour sentence } associations { factor w { value interval { lower upper } } verdict { colour } } pairs { label factor level lift { value } } }
  splitReport(split: "by-plant") { cards { kind colour sentence headline { value } } leakage { exact { contents { value } } near { confirmed { value } } keys { key sharedGroups { value } } } }
  attritionReport { cards { kind colour sentence } exclusionShare { value }
    flow { status trackedSinceIngest stages { stage reached { images { value } } } }
    factors { name worst { level share { value } } best { level share { value } } differenceVerdict { colour } }
    leaning { factor worst reason selection { images(first: 100) { edges { node { id } } } } } }
  agreementReport { cards { colour sentence } alpha { value interval { lower upper } }
    raters { rater agreement { value } labels { label ownShare { value } othersShare { value } } } }
} }`;

describe('the reports of the demo', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house?.stop());

  async function reportsOf(slug: string, biases: boolean): Promise<Answer> {
    const access = { server: house.url, token: house.token };
    await bringInDemo(access, await drawnDemo(biases), { ...demoDatasetDescription, slug }, SILENT);
    await succeed(house, 'createSplit', {
      dataset: slug,
      name: 'by-plant',
      strategy: 'GROUPED_STRATIFIED',
      groupBy: 'subject',
      stratifyBy: 'label',
      parts: [
        { name: 'train', share: '0.5' },
        { name: 'test', share: '0.5' },
      ],
    });
    return (await house.ask(REPORTS, { slug })).dataset;
  }

  describe('with the biases put in', () => {
    let found: Answer;
    beforeAll(async () => {
      found = await reportsOf('biased', true);
    });

    it('find the soft camera, and the site where it stands', () => {
      const sharpness = (factor: string) =>
        found.measurementReport.effects.find(
          (effect: Answer) => effect.factor === factor && effect.measure === 'sharpness',
        );
      expect(sharpness('device')).toMatchObject({ verdict: { colour: 'RED' } });
      expect(sharpness('device').omegaSquared.value).toBeGreaterThan(0.5);
      expect(sharpness('site').omegaSquared.value).toBeGreaterThan(0.14);
      expect(found.measurementReport.cards[0].sentence).toMatch(/^device explains .* of sharpness/);
    });

    it('find that rust gives its site away', () => {
      const site = found.associationReport.associations.find(({ factor }: Answer) => factor === 'site');
      expect(site).toMatchObject({ verdict: { colour: 'RED' } });
      const pair = found.associationReport.pairs.find(
        ({ label, factor, level }: Answer) => label === 'rust' && factor === 'site' && level === 'south',
      );
      expect(pair.lift.value).toBeGreaterThan(1.5);
    });

    it('find the sites over- and under-represented against the target', () => {
      const { levels } = found.selectionReport.factors.find(({ name }: Answer) => name === 'site');
      const ratio = (site: string) =>
        levels.find(({ level }: Answer) => level === site).representationRatio.value;
      expect(ratio('east')).toBeLessThan(0.5);
      expect(ratio('south')).toBeGreaterThan(1.2);
    });

    it('find that the operator is missing', () => {
      const operator = found.selectionReport.missing.find(({ name }: Answer) => name === 'operator');
      expect(operator).toMatchObject({ verdict: { colour: 'RED' } });
    });

    it('find the lenient rater', () => {
      expect(found.agreementReport.alpha.value).toBeLessThan(0.8);
      const { raters } = found.agreementReport;
      const least = raters.toSorted(
        (one: Answer, other: Answer) => one.agreement.value - other.agreement.value,
      )[0];
      expect(least.rater).toBe('rater-3');
      const healthy = least.labels.find(({ label }: Answer) => label === 'healthy');
      expect(healthy.ownShare.value).toBeGreaterThan(1.5 * healthy.othersShare.value);
    });

    it('find that rust was excluded far more often than the rest', () => {
      const { cards, exclusionShare, factors, flow, leaning } = found.attritionReport;
      expect(flow).toMatchObject({ status: 'OK', trackedSinceIngest: true });
      expect(exclusionShare.value).toBeGreaterThanOrEqual(0.1);
      const pattern = cards.find(({ kind }: Answer) => kind === 'EXCLUSION_PATTERN');
      expect(pattern.colour).toBe('RED');
      const label = factors.find(({ name }: Answer) => name === 'label');
      expect(label).toMatchObject({ worst: { level: 'rust' }, differenceVerdict: { colour: 'RED' } });
      expect(label.worst.share.value).toBeGreaterThanOrEqual(5 * label.best.share.value);
      const south = leaning.find(({ factor }: Answer) => factor === 'site');
      expect(south).toMatchObject({ worst: 'south', reason: 'lesions-not-countable' });
      expect(south.selection.images.edges).toHaveLength(48);
    });

    it('find the copies filed under other plants', () => {
      expect(found.duplicates.exact).toHaveLength(6);
      expect(found.duplicates.near).toHaveLength(6);
    });

    it('find those copies in both parts of a split by plant, which shares no plant', () => {
      const { leakage, cards } = found.splitReport;
      expect(leakage.keys[0]).toMatchObject({ key: 'unit', sharedGroups: { value: 0 } });
      expect(leakage.exact.contents.value).toBeGreaterThan(0);
      expect(leakage.near.confirmed.value).toBeGreaterThan(0);
      expect(cards[0]).toMatchObject({ kind: 'LEAKAGE', colour: 'RED' });
      expect(cards[0].sentence).toMatch(/twin in train/);
    });

    it('name no factor that was left alone', () => {
      const quiet = ['tray', 'lamp', 'session', 'stage'];
      const loud = [
        ...found.measurementReport.effects.filter(({ verdict }: Answer) => verdict.colour === 'RED'),
        ...found.associationReport.associations.filter(({ verdict }: Answer) => verdict.colour === 'RED'),
      ].map(({ factor }: Answer) => factor);
      expect(loud.filter((factor) => quiet.includes(factor))).toEqual([]);
    });
  });

  describe('with the biases switched off', () => {
    let found: Answer;
    beforeAll(async () => {
      found = await reportsOf('quiet', false);
    });

    it('stay quiet: no card is amber or red', () => {
      const cards = [
        'selectionReport',
        'measurementReport',
        'associationReport',
        'attritionReport',
        'agreementReport',
      ].flatMap((report) => found[report].cards);
      expect(cards.filter(({ colour }: Answer) => colour === 'AMBER' || colour === 'RED')).toEqual([]);
    });

    it('colour nothing of a split by plant but the sessions that its parts share', () => {
      const { cards, leakage } = found.splitReport;
      const coloured = cards.filter(({ colour }: Answer) => colour === 'AMBER' || colour === 'RED');
      expect(coloured).toMatchObject([{ kind: 'LEAKAGE', colour: 'AMBER' }]);
      expect(coloured[0].sentence).toMatch(
        /^\d+ test images share a session with train\. 0 of \d+ candidate pairs/,
      );
      expect(leakage.keys.map(({ key, sharedGroups }: Answer) => [key, sharedGroups.value > 0])).toEqual([
        ['unit', false],
        ['session', true],
        ['site', true],
      ]);
    });

    it('find no duplicate, no exclusion, and no pair that tells', () => {
      expect(found.duplicates).toEqual({ exact: [], near: [] });
      expect(found.imageCounts.excluded).toBe(0);
      expect(found.associationReport.pairs).toEqual([]);
    });
  });
});
