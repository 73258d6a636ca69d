import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageId } from '../../src/kernel/image-id.ts';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { addImages, digestOf, newDataset, noiseImage } from '../support/specimens.ts';

const REPORT = '... on BulkReport { revision taken alreadyThere refused { row name field code message } }';

describe('registering images', () => {
  let house: House;
  const read = async (slug: string, selection: string): Promise<Answer> =>
    (await house.ask(`query ($slug: String!) { dataset(slug: $slug) { ${selection} } }`, { slug })).dataset;
  const register = (dataset: string, images: object[], more: object = {}) =>
    succeed(house, 'registerImages', { dataset, images, ...more }, REPORT);
  const codes = (report: Answer) => report.refused.map(({ name, code }: Answer) => [name, code]);

  beforeAll(async () => {
    house = await openHouse({ HOLOTYPE_MAX_PIXELS: '1000000' });
    await newDataset(house, 'plants');
  });
  afterAll(() => house?.stop());

  it('takes the same image again as the same image', async () => {
    const bytes = await noiseImage(1);
    expect(await addImages(house, 'plants', { 'a.png': bytes })).toMatchObject({ taken: 1, alreadyThere: 0 });
    expect(await addImages(house, 'plants', { 'a.png': bytes })).toMatchObject({ taken: 0, alreadyThere: 1 });
  });

  it('gives an image an id made of its name and digest, so that every machine gives the same', async () => {
    const { images } = await read(
      'plants',
      'images(nameContains: "a.png") { nodes { imageId name digest } }',
    );
    const [{ imageId: id, name, digest }] = images.nodes;
    expect(id).toBe(imageId(name, digest));
  });

  it('refuses other bytes under a name that is taken, in the dataset and within one request', async () => {
    expect(codes(await addImages(house, 'plants', { 'a.png': await noiseImage(2) }))).toEqual([
      ['a.png', 'DUPLICATE_NAME'],
    ]);
    const report = await register('plants', [
      { name: 'twice.png', address: 'https://images.example/1' },
      { name: 'twice.png', address: 'https://images.example/2' },
      { name: 'twice.png', address: 'https://images.example/1' },
    ]);
    expect([report.taken, report.alreadyThere, codes(report)]).toEqual([
      1,
      1,
      [['twice.png', 'DUPLICATE_NAME']],
    ]);
  });

  it('takes the same bytes under two names as two images, and reports them as exact duplicates', async () => {
    await newDataset(house, 'twins');
    const bytes = await noiseImage(3);
    expect(await addImages(house, 'twins', { 'one.png': bytes, 'two.png': bytes })).toMatchObject({
      taken: 2,
    });
    const { duplicates } = await read(
      'twins',
      'duplicates { exact { digest images { name } } near { firstName } comparedCount }',
    );
    expect(duplicates).toMatchObject({ comparedCount: 2, near: [] });
    expect(duplicates.exact).toHaveLength(1);
    expect(duplicates.exact[0].digest).toBe(digestOf(bytes));
    expect(duplicates.exact[0].images.map(({ name }: Answer) => name).sort()).toEqual(['one.png', 'two.png']);
  });

  it('reports images that look the same and are not the same bytes as near duplicates', async () => {
    await newDataset(house, 'near');
    const bytes = await noiseImage(4, { width: 128, height: 96 });
    const again = await sharp(bytes).jpeg({ quality: 90 }).toBuffer();
    const other = await noiseImage(5, { width: 128, height: 96 });
    await addImages(house, 'near', { 'a.png': bytes, 'a.jpg': again, 'b.png': other });
    const { duplicates } = await read(
      'near',
      'duplicates { exact { digest } near { firstName secondName distance correlation } }',
    );
    expect(duplicates.exact).toEqual([]);
    expect(duplicates.near).toHaveLength(1);
    const [{ firstName, secondName, distance, correlation }] = duplicates.near;
    expect([firstName, secondName].sort()).toEqual(['a.jpg', 'a.png']);
    expect(distance).toBeLessThanOrEqual(7);
    expect(correlation).toBeGreaterThan(0.98);
  });

  it('takes images that stay elsewhere, with what was declared of them, and without', async () => {
    await newDataset(house, 'elsewhere');
    const digest = 'ab'.repeat(32);
    const report = await register('elsewhere', [
      { name: 'bare.jpg', address: 'https://images.example/bare.jpg' },
      {
        name: 'full',
        address: 's3://bucket/full',
        digest,
        mediaType: 'image/tiff',
        size: 5_000_000_000,
        width: 40,
        height: 30,
      },
    ]);
    expect(report).toMatchObject({ taken: 2, refused: [] });
    const { images } = await read(
      'elsewhere',
      'images { nodes { name pixels address digest mediaType size width facts { width } } }',
    );
    const byName = Object.fromEntries(images.nodes.map((image: Answer) => [image.name, image]));
    expect(byName['bare.jpg']).toEqual({
      name: 'bare.jpg',
      pixels: 'REFERENCE',
      address: 'https://images.example/bare.jpg',
      digest: null,
      mediaType: 'image/jpeg',
      size: null,
      width: null,
      facts: null,
    });
    expect(byName.full).toMatchObject({ digest, mediaType: 'image/tiff', size: 5_000_000_000, width: 40 });
    expect((await house.fetch(`/blobs/sha256/${digest}`)).status).toBe(404);
  });

  it('refuses row by row what is wrong with a registration, and takes the others', async () => {
    const report = await register('plants', [
      { name: 'good.png', address: 'https://images.example/good.png' },
      { name: ' ', address: 'https://images.example/x' },
      { name: 'n'.repeat(1025), address: 'https://images.example/x' },
      { name: 'neither.png' },
      { name: 'digest.png', digest: 'XYZ' },
      { name: 'address.png', address: 'not an address' },
      { name: 'script.png', address: 'javascript:alert(1)' },
      { name: 'size.png', address: 'https://images.example/x', size: -1 },
      { name: 'size.png', address: 'https://images.example/x', size: 1.5 },
      { name: 'width.png', address: 'https://images.example/x', width: 0 },
      { name: 'missing.png', digest: 'cd'.repeat(32) },
    ]);
    expect(report.taken).toBe(1);
    expect(report.refused.map(({ row, field, code }: Answer) => [row, field, code])).toEqual([
      [1, 'name', 'BAD_INPUT'],
      [2, 'name', 'BAD_INPUT'],
      [3, 'digest', 'BAD_INPUT'],
      [4, 'digest', 'BAD_INPUT'],
      [5, 'address', 'BAD_INPUT'],
      [6, 'address', 'BAD_INPUT'],
      [7, 'size', 'BAD_INPUT'],
      [8, 'size', 'BAD_INPUT'],
      [9, 'width', 'BAD_INPUT'],
      [10, 'digest', 'BLOB_MISSING'],
    ]);
  });

  it('takes nothing where one row is bad and the import is strict', async () => {
    await newDataset(house, 'strict');
    const result = await house.ask(
      'mutation ($input: RegisterImagesInput!) { registerImages(input: $input) { __typename ... on Problem { code reasons { path code } } } }',
      {
        input: {
          dataset: 'strict',
          strict: true,
          images: [{ name: 'good.png', address: 'https://images.example/x' }, { name: 'bad.png' }],
        },
      },
    );
    expect(result.registerImages).toEqual({
      __typename: 'ValidationProblem',
      code: 'BAD_INPUT',
      reasons: [{ path: ['1', 'digest'], code: 'BAD_INPUT' }],
    });
    expect(await read('strict', 'revision imageCounts { kept }')).toEqual({
      revision: 1,
      imageCounts: { kept: 0 },
    });
  });

  it('refuses files that lie, end early, are damaged, empty or too large, and goes on answering', async () => {
    const png = await noiseImage(7);
    const jpeg = await sharp(png).jpeg().toBuffer();
    const bomb = await sharp({
      create: { width: 30_000, height: 30_000, channels: 3, background: 'white' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer();
    const broken = Buffer.from(png);
    broken.fill(0x55, 60, 120);
    const report = await addImages(house, 'plants', {
      'lie.png': jpeg,
      'cut.png': png.subarray(0, png.length / 2),
      'broken.png': broken,
      'empty.png': Buffer.of(),
      'bomb.png': bomb,
      'noise.png': randomBytes(300),
      'text.txt': Buffer.from('just text'),
      'fine.png': png,
    });
    expect(codes(report)).toEqual([
      ['lie.png', 'MEDIA_TYPE_MISMATCH'],
      ['cut.png', 'TRUNCATED_IMAGE'],
      ['broken.png', 'CORRUPT_IMAGE'],
      ['empty.png', 'EMPTY_FILE'],
      ['bomb.png', 'DECOMPRESSION_BOMB'],
      ['noise.png', 'UNSUPPORTED_MEDIA_TYPE'],
      ['text.txt', 'UNSUPPORTED_MEDIA_TYPE'],
    ]);
    expect(report.taken).toBe(1);
    expect(await house.ask('{ viewer { name } }')).toEqual({ viewer: { name: 'administrator' } });
  });

  it('gives images of a personal dataset random ids and salts, no two the same', async () => {
    await newDataset(house, 'people-one', { sensitivity: 'PERSONAL' });
    await newDataset(house, 'people-two', { sensitivity: 'PERSONAL' });
    const bytes = await noiseImage(8);
    const other = await noiseImage(9);
    for (const dataset of ['people-one', 'people-two'])
      await addImages(house, dataset, { 'a.png': bytes, 'b.png': other });
    const rows: Record<string, string>[] = await house.services.db.query(
      `SELECT replace(image_id::text, '-', '') AS id, i.name, i.digest, salt, annotation_salt, metadata_salt
       FROM image i JOIN dataset d ON d.id = i.dataset_id WHERE d.slug LIKE 'people-%'`,
    );
    expect(rows).toHaveLength(4);
    for (const { id, name, digest } of rows) expect(id).not.toBe(imageId(name!, digest!));
    const drawn = rows.flatMap(({ id, salt, annotation_salt, metadata_salt }) => [
      id,
      salt,
      annotation_salt,
      metadata_salt,
    ]);
    for (const value of drawn) expect(value).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(drawn).size).toBe(16);
    const [{ n }] = await house.services.db.query(
      `SELECT count(*)::int AS n FROM image i JOIN dataset d ON d.id = i.dataset_id
       WHERE d.sensitivity = 'NONE' AND (salt IS NOT NULL OR annotation_salt IS NOT NULL OR metadata_salt IS NOT NULL)`,
    );
    expect(n).toBe(0);
  });
});
