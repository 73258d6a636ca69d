import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportDataset } from '../../../src/app/client/export-dataset.ts';
import { SILENT } from '../../../src/app/client/import-report.ts';
import { type Answer, type House, openHouse } from '../../support/house.ts';
import { addImages, newDataset, noiseImage } from '../../support/specimens.ts';
import { holotype } from '../cli/command.ts';

const [WIDTH, HEIGHT] = [10, 8];
const FILES = { 'label-studio': 'tasks.json', cvat: 'annotations.xml' } as const;

const box = (x: number, members = {}) => ({
  id: `box-${x}`,
  type: 'rectanglelabels',
  from_name: 'box',
  to_name: 'img',
  original_width: WIDTH,
  original_height: HEIGHT,
  image_rotation: 0,
  value: { x, y: 25, width: 30, height: 50, rotation: 0, rectanglelabels: ['leaf'] },
  ...members,
});
const FILE = [
  {
    id: 1,
    data: { image: '/data/upload/3/0a1b2c3d-a.png' },
    annotations: [
      {
        id: 1,
        completed_by: { id: 4, email: 'someone@example.org' },
        parent_prediction: 9,
        lead_time: 3.5,
        result: [{ ...box(15), id: 'box-10', origin: 'prediction-changed' }, box(40)],
      },
      { id: 2, completed_by: { id: 5, email: 'other@example.org' }, result: [], was_cancelled: true },
    ],
    predictions: [{ id: 9, model_version: 'net 1', score: 0.5, result: [box(10)] }],
  },
  {
    id: 2,
    data: { image: '/data/upload/3/4e5f6a7b-b.png' },
    annotations: [{ id: 3, completed_by: { id: 4, email: 'someone@example.org' }, result: [] }],
  },
];

describe('Label Studio and CVAT, by the command line', () => {
  let house: House;
  let folder: string;
  const statements = async (slug: string): Promise<Answer[]> => {
    const query = `query ($slug: String!) { dataset(slug: $slug) { annotators { pseudonym kind } images { nodes { name annotations {
      id annotator kind label pass seconds confidence corrects attributes { name value } geometry { __typename ... on BoxGeometry { x y width height } } } } } } }`;
    const { dataset } = await house.ask(query, { slug });
    return dataset.images.nodes.flatMap(({ name, annotations }: Answer) =>
      annotations.map((said: Answer) => ({ image: name, ...said })),
    );
  };
  const run = (...args: string[]) =>
    holotype(['import', ...args], {
      environment: { HOLOTYPE_SERVER: house.url, HOLOTYPE_TOKEN: house.token },
      cwd: folder,
    });

  beforeAll(async () => {
    house = await openHouse();
    folder = await mkdtemp(join(tmpdir(), 'holotype-tools-'));
    const images: Record<string, Buffer> = {};
    for (const [index, name] of ['a.png', 'b.png'].entries())
      images[name] = await noiseImage(index + 1, { width: WIDTH, height: HEIGHT });
    for (const slug of ['leaves', 'again-label-studio', 'again-cvat']) {
      await newDataset(house, slug);
      await addImages(house, slug, images);
    }
    await writeFile(join(folder, 'export.json'), JSON.stringify(FILE));
  });
  afterAll(async () => {
    await house?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('bring people under pseudonyms, the model by its name, and what was corrected', async () => {
    const { status, stderr } = await run('label-studio', 'export.json', '--dataset', 'leaves', '--json');
    expect([status, stderr]).toEqual([0, '']);
    const said = await statements('leaves');
    const predicted = said.find(({ annotator }) => annotator === 'net 1');
    expect(predicted).toMatchObject({ image: 'a.png', kind: 'BOX', confidence: '0.5', geometry: { x: '1' } });
    expect(said.find(({ corrects }) => corrects !== null)).toMatchObject({
      annotator: 'rater-1',
      corrects: predicted?.id,
      seconds: '3.5',
      geometry: { x: '1.5' },
    });
    expect(said.map(({ image, annotator, kind }) => [image, annotator, kind].join(' ')).sort()).toEqual([
      'a.png net 1 BOX',
      'a.png rater-1 BOX',
      'a.png rater-1 BOX',
      'a.png rater-2 SKIP',
      'b.png rater-1 EMPTY',
    ]);
    expect(JSON.stringify(said)).not.toContain('example.org');
    expect(await readFile(join(folder, 'leaves-annotators.csv'), 'utf8')).toContain(
      'someone@example.org,rater-1',
    );
  });

  it.each(['label-studio', 'cvat'] as const)('give and take back the same as %s', async (format) => {
    const written = join(folder, format);
    const access = { server: house.url, token: house.token };
    const { files } = await exportDataset(access, format, 'leaves', written, SILENT);
    expect(files).toContain(FILES[format]);
    const slug = `again-${format}`;
    const { status, stderr } = await run(format, join(written, FILES[format]), '--dataset', slug, '--json');
    expect([status, stderr]).toEqual([0, '']);
    expect(await exact(slug)).toEqual(await exact('leaves'));
  });

  /** With the statement that each corrects for its id, which depends on the dataset. */
  async function exact(slug: string): Promise<string[]> {
    const said = await statements(slug);
    const bare = ({ id: _, corrects: __, ...rest }: Answer) => rest;
    const byId = new Map(said.map((each) => [each.id, bare(each)]));
    return said.map((each) => JSON.stringify([bare(each), byId.get(each.corrects) ?? null])).sort();
  }
});
