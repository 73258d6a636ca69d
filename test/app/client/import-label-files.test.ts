import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportReport } from '../../../src/app/client/import-report.ts';
import { type Answer, type House, openHouse } from '../../support/house.ts';
import { holotype, type Outcome } from '../cli/command.ts';

/** A grey image of 8 × 4 pixels, and masks of it, as files. */
const png = (value: (x: number, y: number) => number) =>
  sharp(Buffer.from(Array.from({ length: 32 }, (_, at) => value(at % 8, Math.floor(at / 8)))), {
    raw: { width: 8, height: 4, channels: 1 },
  })
    .toColourspace('b-w')
    .png()
    .toBuffer();

describe('folders of labels, by the command line', () => {
  let house: House;
  let folder: string;
  beforeAll(async () => {
    house = await openHouse();
    folder = await mkdtemp(join(tmpdir(), 'holotype-folders-'));
  });
  afterAll(async () => {
    await house?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const put = async (files: Record<string, string | Buffer>) => {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
  };
  const run = (...args: string[]): Promise<Outcome> =>
    holotype(['import', ...args], {
      environment: { HOLOTYPE_SERVER: house.url, HOLOTYPE_TOKEN: house.token },
      cwd: folder,
    });
  const imported = async (...args: string[]): Promise<ImportReport> => {
    const { status, stdout, stderr } = await run(...args, '--json');
    expect([status, stderr]).toEqual([0, '']);
    return JSON.parse(stdout);
  };
  const annotationsOf = async (slug: string): Promise<Answer[]> => {
    const query = `query ($slug: String!) { dataset(slug: $slug) { images(first: 50) { nodes { name annotations {
      id annotator kind label pass votes corrects attributes { name value } } } } } }`;
    const { dataset } = await house.ask(query, { slug });
    return dataset.images.nodes.flatMap(({ name, annotations }: Answer) =>
      annotations.map((annotation: Answer) => ({ image: name, ...annotation })),
    );
  };

  it('keep a model’s objects and a person’s corrections of them, each linked to the one it corrects', async () => {
    await put({
      'nuclei/raw/n1.png': await png((x, y) => 7 * x + y),
      'nuclei/study/pred/n1.png': await png((x) => (x < 3 ? 1 : x > 5 ? 2 : 0)),
      'nuclei/study/fixed/Given Family/n1.png': await png((x) => (x < 2 ? 1 : x === 4 ? 9 : 0)),
    });
    const words = ['masks', 'nuclei/study', '--dataset', 'nuclei', '--create', '--images', 'nuclei/raw'];
    const report = await imported(
      ...words,
      ...[
        '--file',
        'fixed/{annotator}/{image}.png',
        '--prediction',
        'pred/{image}.png',
        '--model',
        'manini-2',
      ],
      ...['--instances', '--label', 'nucleus'],
    );
    expect(report).toMatchObject({ images: 1, annotations: 4, refused: [] });
    const found = await annotationsOf('nuclei');
    const by = (name: string) => found.filter(({ annotator }) => annotator === name);
    expect([by('manini-2'), by('rater-1')].map((list) => list.length)).toEqual([2, 2]);
    const corrected = by('rater-1').filter(({ corrects }) => corrects !== null);
    expect(corrected).toHaveLength(1);
    expect(by('manini-2').map(({ id }) => id)).toContain(corrected[0].corrects);
    expect(await readFile(join(folder, 'nuclei-annotators.csv'), 'utf8')).toBe(
      'identity,pseudonym\nGiven Family,rater-1\n',
    );
    const again = await imported(
      ...words,
      ...[
        '--file',
        'fixed/{annotator}/{image}.png',
        '--prediction',
        'pred/{image}.png',
        '--model',
        'manini-2',
      ],
      ...['--instances', '--label', 'nucleus'],
    );
    expect(again).toMatchObject({ annotations: 0, alreadyThere: { annotations: 4 } });
  });

  it('refuse a mask of two values whose polarity nobody said, and say which words do', async () => {
    await put({
      'cells/B1.png': await png((x, y) => x + y),
      'cells-masks/r1/B1.png': await png((x) => (x < 4 ? 0 : 255)),
    });
    const words = [
      'masks',
      'cells-masks',
      '--dataset',
      'cells',
      '--create',
      '--images',
      'cells',
      '--label',
      'cell',
    ];
    const silent = await imported(...words, '--file', '{annotator}/{image}.png');
    expect(silent.refused).toMatchObject([{ file: 'r1/B1.png', code: 'INVALID_VALUE' }]);
    expect(silent.refused[0]!.message).toContain('--foreground 0 or --foreground 255');
    const told = await run(
      ...words,
      '--file',
      '{annotator}/{image}.png',
      '--foreground',
      '0',
      '--report',
      'cells.json',
    );
    expect(told.stdout).toMatch(/^source {3}mask images; pixel grid of the image, 0-based$/m);
    expect(JSON.parse(await readFile(join(folder, 'cells.json'), 'utf8'))).toMatchObject({
      annotations: 1,
      refused: [],
    });
  });

  it('read YOLO with an annotator a folder, shares of the image turned into its pixels', async () => {
    const row = '0 0.5 0.5 0.25 0.5\n';
    await put({
      'yolo/data.yaml': 'names:\n  0: leaf\n',
      'yolo/images/a.png': await png((x, y) => 3 * x + y),
      'yolo/labels/r1/a.txt': row,
      'yolo/labels/r2/a.txt': '',
    });
    const report = await imported(
      'yolo',
      'yolo',
      '--dataset',
      'yolo',
      '--create',
      '--file',
      'labels/{annotator}/{image}.txt',
    );
    expect(report.refused).toEqual([]);
    expect(
      (await annotationsOf('yolo')).map(({ annotator, kind, label }) => [annotator, kind, label]).sort(),
    ).toEqual([
      ['r1', 'BOX', 'leaf'],
      ['r2', 'EMPTY', null],
    ]);
  });

  it('read LabelMe with its masks', async () => {
    const mask = await sharp(Buffer.of(255, 0, 0, 255), { raw: { width: 2, height: 2, channels: 1 } })
      .png()
      .toBuffer();
    const shapes = [
      {
        label: 'leaf',
        points: [
          [1, 1],
          [4, 3],
        ],
        shape_type: 'rectangle',
        flags: {},
      },
      {
        label: 'leaf',
        points: [
          [2, 1],
          [3, 2],
        ],
        shape_type: 'mask',
        flags: {},
        mask: mask.toString('base64'),
      },
    ];
    await put({
      'labelme/a.png': await png((x, y) => 5 * x + y),
      'labelme/a.json': JSON.stringify({
        version: '5.4.1',
        flags: {},
        shapes,
        imagePath: 'a.png',
        imageData: null,
        imageHeight: 4,
        imageWidth: 8,
      }),
    });
    const report = await imported(
      'labelme',
      'labelme',
      '--dataset',
      'labelme',
      '--create',
      '--annotator',
      'r1',
    );
    expect(report).toMatchObject({ images: 1, annotations: 2, refused: [] });
    expect((await annotationsOf('labelme')).map(({ kind }) => kind).sort()).toEqual(['BOX', 'MASK']);
  });

  it('read CVAT, whose annotators stand by their addresses, under pseudonyms', async () => {
    const box = (annotator: string) =>
      `<box label="leaf" source="manual" occluded="0" xtl="1" ytl="1" xbr="4.5" ybr="3" z_order="0"><attribute name="annotator">${annotator}</attribute></box>`;
    await put({
      'cvat/a.png': await png((x, y) => 2 * x + y),
      'cvat/annotations.xml': `<annotations><version>1.1</version><image id="0" name="a.png" width="8" height="4">${box('one@example.org')}${box('other@example.org')}</image></annotations>`,
    });
    const report = await imported('cvat', 'cvat/annotations.xml', '--dataset', 'cvat', '--create');
    expect(report).toMatchObject({
      images: 1,
      annotations: 2,
      refused: [],
      pseudonyms: { used: 2, added: 2 },
    });
    expect((await annotationsOf('cvat')).map(({ annotator }) => annotator).sort()).toEqual([
      'rater-1',
      'rater-2',
    ]);
    const [{ hits }] = await house.services.db.query(
      `SELECT count(*)::int AS hits FROM annotation t WHERE t::text LIKE '%@example.org%'`,
    );
    expect(hits).toBe(0);
  });

  it('count a named group by its votes, and tell what an annotator is by the option', async () => {
    await put({
      'votes.csv': 'image,annotator,label,votes\na,crowd,cat,5\na,crowd,dog,1\n',
      'truth.csv': 'image,label\na,cat\n',
    });
    const shared = ['--dataset', 'votes', '--create', '--by-reference'];
    const report = await imported('ratings', 'votes.csv', ...shared);
    expect(report.annotators).toEqual([{ name: 'crowd', kind: 'GROUP' }]);
    await imported(
      'ratings',
      'truth.csv',
      ...shared,
      '--annotator',
      'Gold Standard',
      '--annotator-kind',
      'reference',
    );
    expect((await annotationsOf('votes')).map(({ annotator, votes }) => [annotator, votes]).sort()).toEqual([
      ['Gold Standard', 1],
      ['crowd', 1],
      ['crowd', 5],
    ]);
  });
});
