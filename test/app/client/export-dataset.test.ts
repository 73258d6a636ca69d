import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeMask } from '../../../src/annotation/run-length-encoding.ts';
import { exportDataset } from '../../../src/app/client/export-dataset.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../../src/app/client/export-formats.ts';
import { SILENT } from '../../../src/app/client/import-report.ts';
import { type Answer, type House, openHouse } from '../../support/house.ts';
import { succeed } from '../../support/mutate.ts';
import { addImages, newDataset, noiseImage } from '../../support/specimens.ts';
import { holotype } from '../cli/command.ts';

const [WIDTH, HEIGHT] = [32, 24];
/** Where a folder is named by the format, what the command that reads it again takes. */
const READ_AGAIN: Partial<Record<ExportFormat, (folder: string) => string[]>> = {
  coco: (folder) => [join(folder, 'annotations.json')],
  labelme: (folder) => [folder],
};

describe('Exporting a dataset', () => {
  let house: House;
  let folder: string;
  const access = () => ({ server: house.url, token: house.token });
  const statements = async (slug: string): Promise<string[]> => {
    const { dataset } = await house.ask(
      `query ($slug: String!) { dataset(slug: $slug) { images { nodes { name annotations { annotator kind label pass value
         geometry { __typename ... on BoxGeometry { x y width height } ... on MaskGeometry { size counts } ... on PolygonGeometry { rings } } } } } } }`,
      { slug },
    );
    return dataset.images.nodes
      .flatMap(({ name, annotations }: Answer) =>
        annotations.map((said: Answer) => JSON.stringify([name, said])),
      )
      .sort();
  };

  beforeAll(async () => {
    house = await openHouse();
    folder = await mkdtemp(join(tmpdir(), 'holotype-export-'));
    const pixels = new Uint8Array(WIDTH * HEIGHT);
    pixels.fill(1, 100, 180);
    const { size, counts } = encodeMask(pixels, WIDTH, HEIGHT);
    const images: Record<string, Buffer> = {};
    for (const [index, name] of ['a.png', 'b.png', 'c.png'].entries())
      images[name] = await noiseImage(index + 1, { width: WIDTH, height: HEIGHT });
    for (const slug of ['leaves', 'again-coco', 'again-labelme', 'again-masks']) {
      await newDataset(house, slug);
      await addImages(house, slug, images);
    }
    await succeed(house, 'defineLabelSchema', {
      dataset: 'leaves',
      classes: [{ name: 'leaf' }, { name: 'stem' }],
    });
    await succeed(house, 'recordAnnotations', {
      dataset: 'leaves',
      source: 'test',
      strict: true,
      annotations: [
        {
          image: 'a.png',
          annotator: 'ann',
          kind: 'BOX',
          label: 'leaf',
          geometry: { box: { x: '1.5', y: '2', width: '10', height: '8.25' } },
        },
        {
          image: 'a.png',
          annotator: 'bo',
          kind: 'BOX',
          label: 'leaf',
          geometry: { box: { x: '2', y: '2', width: '10', height: '8' } },
        },
        {
          image: 'b.png',
          annotator: 'ann',
          kind: 'MASK',
          label: 'stem',
          geometry: { mask: { size: [...size], counts } },
        },
        { image: 'b.png', annotator: 'bo', kind: 'EMPTY' },
        { image: 'c.png', annotator: 'bo', kind: 'CLASS', label: 'stem' },
      ],
    });
  });
  afterAll(async () => {
    await house?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(Object.keys(EXPORT_FORMATS) as ExportFormat[])(
    'writes %s, the same bytes each time, and names what is lost',
    async (format) => {
      const [first, second] = [join(folder, `${format}-1`), join(folder, `${format}-2`)];
      const report = await exportDataset(access(), format, 'leaves', first, SILENT);
      const again = await exportDataset(access(), format, 'leaves', second, SILENT);
      expect(report).toMatchObject({ images: 3, annotations: 5 });
      expect(again.files).toEqual(report.files);
      for (const file of report.files)
        expect(await readFile(join(first, file))).toEqual(await readFile(join(second, file)));
      for (const { count, message } of report.losses)
        expect([count > 0, message.length > 0]).toEqual([true, true]);
    },
  );

  it.each(['coco', 'labelme'] as const)('brings back by import what it wrote as %s', async (format) => {
    const written = join(folder, `${format}-back`);
    const { files } = await exportDataset(access(), format, 'leaves', written, SILENT);
    const [path] =
      format === 'coco'
        ? [join(written, files.find((file) => file.endsWith('.json'))!)]
        : READ_AGAIN[format]!(written);
    const { status, stderr } = await holotype(
      ['import', format, path!, '--dataset', `again-${format}`, '--annotator', 'nobody', '--json'],
      {
        environment: { HOLOTYPE_SERVER: house.url, HOLOTYPE_TOKEN: house.token },
        cwd: folder,
      },
    );
    expect([status, stderr]).toEqual([0, '']);
    expect(await statements(`again-${format}`)).toEqual(await statements('leaves'));
  });

  it('writes masks that come back as the same objects of the same annotators', async () => {
    const written = join(folder, 'masks-back');
    const { files } = await exportDataset(access(), 'masks', 'leaves', written, SILENT);
    expect(files).toEqual(['stem/ann/b.png']);
    const words = [
      'import',
      'masks',
      written,
      '--dataset',
      'again-masks',
      '--file',
      '{label}/{annotator}/{image}.png',
      '--instances',
      '--json',
    ];
    const { status, stderr } = await holotype(words, {
      environment: { HOLOTYPE_SERVER: house.url, HOLOTYPE_TOKEN: house.token },
      cwd: folder,
    });
    expect([status, stderr]).toEqual([0, '']);
    const masks = (await statements('leaves')).filter((said) => said.includes('MaskGeometry'));
    expect(await statements('again-masks')).toEqual(masks);
  });

  it('gives LabelMe masks as PNG images', async () => {
    const written = join(folder, 'labelme-1');
    const { files } = await exportDataset(access(), 'labelme', 'leaves', written, SILENT);
    const texts = await Promise.all(
      files.filter((file) => file.endsWith('.json')).map((file) => readFile(join(written, file), 'utf8')),
    );
    const masks = texts
      .flatMap((text) => JSON.parse(text).shapes ?? [])
      .filter(({ shape_type }: Answer) => shape_type === 'mask');
    expect(masks).toHaveLength(1);
    expect(await sharp(Buffer.from(masks[0].mask, 'base64')).metadata()).toMatchObject({
      format: 'png',
      channels: 1,
    });
  });
});
