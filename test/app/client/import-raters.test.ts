import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportReport } from '../../../src/app/client/import-report.ts';
import { type Answer, type House, openHouse } from '../../support/house.ts';
import {
  anaesthesia,
  bluebirds,
  bubilCells,
  bubilExperts,
  camtrap,
  caries,
  cifar10h,
  fleiss1971,
  type RaterImport,
  wikipediaCounts,
} from '../../support/real-raters.ts';
import { isShared } from '../../support/shared.ts';
import { holotype } from '../cli/command.ts';

describe.skipIf(!isShared('data', 'rater_classics'))(
  'the real raters of shared/data, by the command line',
  () => {
    let house: House;
    let folder: string;
    beforeAll(async () => {
      house = await openHouse();
      folder = await mkdtemp(join(tmpdir(), 'holotype-raters-'));
    });
    afterAll(async () => {
      await house?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    const brought = async ({ words }: RaterImport, slug: string): Promise<ImportReport[]> => {
      const reports: ImportReport[] = [];
      for (const given of words(slug)) {
        const environment = { HOLOTYPE_SERVER: house.url, HOLOTYPE_TOKEN: house.token };
        const { status, stdout, stderr } = await holotype(['import', ...given, '--json'], {
          environment,
          cwd: folder,
        });
        expect([status, stderr]).toEqual([0, '']);
        reports.push(JSON.parse(stdout));
      }
      return reports;
    };
    /** Ratings as rows, and as votes; raters. */
    const rated = async (slug: string): Promise<Answer> => {
      const [row] = await house.services.db.query(
        `SELECT count(*)::int AS rows, sum(votes)::int AS votes, count(DISTINCT image_id)::int AS items, count(DISTINCT annotator)::int AS raters
       FROM annotation x JOIN dataset d ON d.id = x.dataset_id WHERE d.slug = $1`,
        [slug],
      );
      return row;
    };
    const annotatorsOf = async (slug: string): Promise<Record<string, string>> => {
      const query = 'query ($slug: String!) { dataset(slug: $slug) { annotators { pseudonym kind } } }';
      const { dataset } = await house.ask(query, { slug });
      return Object.fromEntries(dataset.annotators.map(({ pseudonym, kind }: Answer) => [pseudonym, kind]));
    };

    const consensusOf = async (slug: string, method: string, ...more: string[]): Promise<Answer> => {
      const environment = { HOLOTYPE_SERVER: house.url, HOLOTYPE_TOKEN: house.token };
      const words = ['consensus', '--dataset', slug, '--name', method, '--method', method, ...more, '--json'];
      const { status, stdout, stderr } = await holotype(words, { environment, cwd: folder });
      expect([status, stderr]).toEqual([0, '']);
      return JSON.parse(stdout);
    };
    const agreementOf = async (slug: string): Promise<Answer> => {
      const query =
        'query ($slug: String!) { dataset(slug: $slug) { agreementReport { kappa { value method } alpha { value } unnamedRatings } } }';
      return (await house.ask(query, { slug })).dataset.agreementReport;
    };

    it('keeps 315 ratings of 45 patients by 5 anaesthetists, the looks of the first apart', async () => {
      const [report] = await brought(anaesthesia, 'anaesthesia');
      expect(report).toMatchObject({ images: 45, annotations: 315, refused: [] });
      expect(await rated('anaesthesia')).toEqual({ rows: 315, votes: 315, items: 45, raters: 5 });
      const passes = await house.services.db.query(
        `SELECT annotator, pass, count(*)::int AS n FROM annotation x JOIN dataset d ON d.id = x.dataset_id WHERE d.slug = 'anaesthesia' AND pass > 1 GROUP BY 1, 2 ORDER BY 2`,
      );
      expect(passes).toEqual([
        { annotator: '1', pass: 2, n: 45 },
        { annotator: '1', pass: 3, n: 45 },
      ]);
    });

    it('makes nothing twice of an import repeated', async () => {
      const [again] = await brought(anaesthesia, 'anaesthesia');
      expect(again).toMatchObject({
        images: 0,
        annotations: 0,
        alreadyThere: { images: 45, annotations: 315 },
      });
    });

    it('makes 3 859 teeth with 19 295 ratings of five dentists out of the published patterns', async () => {
      const [report] = await brought(caries, 'caries');
      expect(report).toMatchObject({ images: 3_859, annotations: 19_295, refused: [] });
      expect(await rated('caries')).toMatchObject({ items: 3_859, raters: 5 });
    });

    it('counts six unnamed diagnoses a patient as votes of one group', async () => {
      await brought(fleiss1971, 'fleiss');
      expect(await rated('fleiss')).toMatchObject({ votes: 180, items: 30, raters: 1 });
      expect(await annotatorsOf('fleiss')).toEqual({ psychiatrists: 'GROUP' });
    });

    it('reads a published table of counts, and leaves its figures out', async () => {
      const [report] = await brought(wikipediaCounts, 'wikipedia');
      expect(report).toMatchObject({ images: 10, refused: [] });
      expect(await rated('wikipedia')).toMatchObject({ votes: 140, items: 10, raters: 1 });
    });

    it('keeps 39 workers and, apart from them, the truth', async () => {
      await brought(bluebirds, 'bluebirds');
      expect(await rated('bluebirds')).toEqual({ rows: 4_320, votes: 4_320, items: 108, raters: 40 });
      const kinds = await annotatorsOf('bluebirds');
      expect(kinds['gold-standard']).toBe('REFERENCE');
      expect(Object.values(kinds).filter((kind) => kind === 'HUMAN')).toHaveLength(39);
    });

    it('brings in 511 000 labels of CIFAR-10 as counts', { timeout: 300_000 }, async () => {
      const [report] = await brought(cifar10h, 'cifar10h');
      expect(report).toMatchObject({
        images: 10_000,
        refused: [],
        annotators: [{ name: 'crowd', kind: 'GROUP' }],
      });
      const found = await rated('cifar10h');
      expect(found).toMatchObject({ votes: 511_000, items: 10_000, raters: 1 });
      expect(found.rows).toBeLessThanOrEqual(100_000);
      const [{ unanimous }] = await house.services.db.query(
        `SELECT count(*)::int AS unanimous FROM (SELECT image_id FROM annotation x JOIN dataset d ON d.id = x.dataset_id WHERE d.slug = 'cifar10h' GROUP BY 1 HAVING count(*) = 1) one`,
      );
      expect(unanimous).toBe(4_393);
    });

    it('keeps people and the model of the camera traps apart, the people under pseudonyms, boxes where the image is there', async () => {
      const [report] = await brought(camtrap, 'mica');
      expect(report).toMatchObject({ images: 423, annotations: 513 });
      const kinds = await annotatorsOf('mica');
      expect(kinds).toEqual({
        'Western Europe species model Version 1': 'MODEL',
        'rater-1': 'HUMAN',
      });
      const counts = await house.services.db.query(
        `SELECT annotator, kind, count(*)::int AS n FROM annotation x JOIN dataset d ON d.id = x.dataset_id WHERE d.slug = 'mica' GROUP BY 1, 2 ORDER BY annotator COLLATE "C", kind COLLATE "C"`,
      );
      expect(counts).toEqual([
        { annotator: 'Western Europe species model Version 1', kind: 'BOX', n: 10 },
        { annotator: 'Western Europe species model Version 1', kind: 'CLASS', n: 10 },
        { annotator: 'rater-1', kind: 'CLASS', n: 381 },
        { annotator: 'rater-1', kind: 'EMPTY', n: 112 },
      ]);
      expect(report!.refused.filter(({ field }) => field === 'bbox')).toHaveLength(10);
      expect(report!.refused).toHaveLength(10);
    });

    it('never sends who a person is: only the file of the one who imports says so', async () => {
      const people = ['Peter Desmet', 'Danny Van der beeck', 'Axel Neukermans'];
      const file = await readFile(join(folder, 'mica-annotators.csv'), 'utf8');
      expect(file).toMatch(/^identity,pseudonym\n/);
      expect(file).toContain('Peter Desmet,rater-1\n');
      const tables: { name: string }[] = await house.services.db.query(
        `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
      );
      expect(tables.length).toBeGreaterThan(5);
      for (const { name } of tables) {
        const [{ hits }] = await house.services.db.query(
          `SELECT count(*)::int AS hits FROM "${name}" t WHERE t::text ~ '(${people.join('|')})'`,
        );
        expect([name, hits]).toEqual([name, 0]);
      }
      expect(await readdir(folder)).toEqual(['mica-annotators.csv']);
    });

    it('keeps the masks of five experts with two tools, and refuses those of the crowd that are of another frame', {
      timeout: 600_000,
    }, async () => {
      const [report, gold] = await brought(bubilCells, 'cells');
      expect(report).toMatchObject({ images: 35 });
      const [{ masks, raters }] = await house.services.db.query(
        `SELECT count(*)::int AS masks, count(DISTINCT annotator)::int AS raters FROM annotation x JOIN dataset d ON d.id = x.dataset_id
       WHERE d.slug = 'cells' AND annotator LIKE 'Person%' AND kind = 'MASK'`,
      );
      expect([masks, raters]).toEqual([350, 10]);
      const refused = report!.refused.filter(({ code }) => code === 'SIZE_MISMATCH');
      expect(refused.every(({ file }) => file!.startsWith('CrowdsourcedAnnotations/'))).toBe(true);
      expect(refused).toHaveLength(231);
      expect(report!.refused).toHaveLength(231);
      expect(report!.notes).toContainEqual({
        where: 'ExpertsAnnotations/Person5_Amira/seg_B04.png',
        message: expect.stringMatching(/^\d+ pixels are neither/),
      });
      expect(gold).toMatchObject({
        annotations: 35,
        annotators: [{ name: 'gold-standard', kind: 'REFERENCE' }],
      });
    });

    it('finds the class prior that Dawid and Skene published in 1979, and the agreement of the anaesthetists', async () => {
      const { fits } = await consensusOf(
        'anaesthesia',
        'dawid-skene',
        '--prior',
        '0',
        '--tolerance',
        '0.0000000001',
      );
      const prior = Object.fromEntries(
        fits[0].classPrior.map(({ label, share }: Answer) => [label, Number(share).toFixed(2)]),
      );
      expect(prior).toEqual({ 1: '0.40', 2: '0.42', 3: '0.11', 4: '0.07' });
    });

    it('gives Fleiss’ κ of 1971, of the caries study and of the published example', async () => {
      const kappa = async (slug: string) => (await agreementOf(slug)).kappa.value;
      expect(await kappa('fleiss')).toBeCloseTo(0.43, 3);
      expect(await kappa('caries')).toBeCloseTo(0.277, 4);
      expect(await kappa('wikipedia')).toBeCloseTo(0.21, 3);
    });

    it('recovers by the model what the majority of 39 workers gets wrong', async () => {
      const { dataset } = await house.ask(
        '{ dataset(slug: "bluebirds") { annotations(annotator: "gold-standard", first: 500) { nodes { id label } } images(first: 200) { nodes { name annotations { annotator label } } } } }',
      );
      const truth = new Map<string, string>(
        dataset.images.nodes.map(({ name, annotations }: Answer) => [
          name,
          annotations.find(({ annotator }: Answer) => annotator === 'gold-standard').label,
        ]),
      );
      const wrong = async (method: string) => {
        const { id } = await consensusOf('bluebirds', method);
        const { consensus } = await house.ask(
          'query ($id: ID!) { consensus(id: $id) { items(first: 200) { nodes { image { name } label } } } }',
          { id },
        );
        return consensus.items.nodes.filter(({ image, label }: Answer) => label !== truth.get(image.name))
          .length;
      };
      expect(await wrong('vote-share')).toBe(26);
      expect(await wrong('dawid-skene')).toBe(11);
    });

    it('tells whose labels are inverted among the workers', async () => {
      const { dataset } = await house.ask(
        '{ dataset(slug: "bluebirds") { raterReport { raterCount reference raters { rater accuracy { value } } } } }',
      );
      expect(dataset.raterReport).toMatchObject({ raterCount: 39, reference: 'gold-standard' });
      const lowest = dataset.raterReport.raters.toSorted(
        (a: Answer, b: Answer) => a.accuracy.value - b.accuracy.value,
      )[0];
      expect(lowest.rater).toBe('1737');
    });

    it('gives the agreement of 511 000 labels that are only counted', async () => {
      const { kappa, unnamedRatings } = await agreementOf('cifar10h');
      expect(unnamedRatings).toBe(511_000);
      expect(kappa.value).toBeCloseTo(0.915, 4);
    });

    it('finds the expert who is the gold standard, by masks that are the same to the pixel', {
      timeout: 300_000,
    }, async () => {
      const { dataset } = await house.ask(
        '{ dataset(slug: "cells") { shapeReport { identicalMasks { first second } notes { code } } } }',
      );
      const found = dataset.shapeReport.identicalMasks.map(({ first, second }: Answer) =>
        [first, second].sort(),
      );
      expect(found).toEqual(
        expect.arrayContaining([
          ['Person2_Amira', 'Person2_ImageJ'],
          ['Person2_Amira', 'gold-standard'],
          ['Person2_ImageJ', 'gold-standard'],
        ]),
      );
      expect(found.flat().every((name: string) => /Person2|gold/.test(name))).toBe(true);
    });

    it.each([
      [1, 0.8593],
      [6, 0.805],
    ] as const)(
      'gives the mean Dice of every two experts of set %i',
      { timeout: 300_000 },
      async (set, dice) => {
        await brought(bubilExperts(set), `experts-${set}`);
        const { dataset } = await house.ask(
          'query ($slug: String!) { dataset(slug: $slug) { shapeReport { raterCount masks { masksCompared dice { value } } } } }',
          { slug: `experts-${set}` },
        );
        expect(dataset.shapeReport).toMatchObject({ raterCount: 10, masks: { masksCompared: 1_575 } });
        expect(dataset.shapeReport.masks.dice.value).toBeCloseTo(dice, 4);
      },
    );
  },
);
