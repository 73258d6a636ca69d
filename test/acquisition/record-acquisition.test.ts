import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { isShared, shared } from '../support/shared.ts';
import { addImages, newDataset, noiseImage } from '../support/specimens.ts';

describe('recording how images were made', () => {
  let house: House;
  const record = (rows: Record<string, Record<string, string>>, more: object = {}) =>
    mutate(
      house,
      'recordAcquisition',
      {
        dataset: 'plants',
        source: 'csv',
        rows: Object.entries(rows).map(([image, values]) => ({
          image,
          values: Object.entries(values).map(([name, value]) => ({ name, value })),
        })),
        ...more,
      },
      '... on BulkReport { revision taken alreadyThere refused { row name field code message } }',
    );
  const read = async (image: string): Promise<Answer> => {
    const { dataset } = await house.ask(
      `query ($name: String!) { dataset(slug: "plants") { revision images(nameContains: $name) { nodes {
         acquisition { capturedAt device site distance subject unit unitKnown values { name value source } restricted { name value source } } } } } }`,
      { name: image },
    );
    return dataset.images.nodes[0].acquisition;
  };
  const sources = (acquisition: Answer) =>
    Object.fromEntries(
      [...acquisition.values, ...acquisition.restricted].map(({ name, source }: Answer) => [name, source]),
    );

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
    const plain = await noiseImage(1);
    const photograph = await sharp(await noiseImage(2))
      .jpeg()
      .withExif({
        IFD0: { Make: 'Canon', Model: 'Canon EOS R5', Artist: 'someone' },
        IFD2: { DateTimeOriginal: '2024:06:01 09:30:00', SubjectDistance: '25/10' },
        IFD3: {
          GPSLatitude: '51/1 58/1 12/1',
          GPSLatitudeRef: 'N',
          GPSLongitude: '5/1 39/1 0/1',
          GPSLongitudeRef: 'E',
        },
      })
      .toBuffer();
    await addImages(house, 'plants', { 'plain.png': plain, 'photo.jpg': photograph });
    await succeed(house, 'declareFactors', {
      dataset: 'plants',
      factors: [
        { name: 'dose', kind: 'CONTINUOUS', unit: 'g' },
        { name: 'variety', kind: 'NOMINAL' },
      ],
    });
  });
  afterAll(() => house?.stop());

  it('begins with what EXIF says, and says that EXIF says it', async () => {
    const acquisition = await read('photo.jpg');
    expect(acquisition).toMatchObject({ device: 'Canon EOS R5', distance: '2.5' });
    expect(sources(acquisition)).toMatchObject({ device: 'exif', capturedAt: 'exif', latitude: 'exif' });
    expect(acquisition.restricted).toContainEqual({ name: 'latitude', value: '51.97', source: 'exif' });
    expect(await read('plain.png')).toMatchObject({ capturedAt: null, values: [], restricted: [] });
  });

  it('leaves a time without a zone without one', async () => {
    expect((await read('photo.jpg')).capturedAt).toBe('2024-06-01T09:30:00');
  });

  it('lays a table over EXIF where both speak, and each value remembers its source', async () => {
    await record({ 'photo.jpg': { device: 'phenotyping robot', site: 'greenhouse 3' } });
    const acquisition = await read('photo.jpg');
    expect(acquisition).toMatchObject({ device: 'phenotyping robot', site: 'greenhouse 3', distance: '2.5' });
    expect(sources(acquisition)).toMatchObject({ device: 'csv', site: 'csv', distance: 'exif' });
  });

  it('keeps what was held before, as of before', async () => {
    const { dataset } = await house.ask(
      '{ dataset(slug: "plants") { images(asOf: 2, nameContains: "photo") { nodes { acquisition { device site } } } } }',
    );
    expect(dataset.images.nodes[0].acquisition).toEqual({ device: 'Canon EOS R5', site: null });
  });

  it('takes an empty value for nothing said', async () => {
    const before = await read('photo.jpg');
    expect(await record({ 'photo.jpg': { site: '', device: '' } })).toMatchObject({
      taken: 0,
      alreadyThere: 1,
    });
    expect(await read('photo.jpg')).toEqual(before);
  });

  it('keeps numbers as canonical decimals: the same number in another form changes nothing', async () => {
    await record({ 'plain.png': { dose: '1.50', distance: '0.30' } });
    expect((await read('plain.png')).values).toEqual(
      expect.arrayContaining([
        { name: 'dose', value: '1.5', source: 'csv' },
        { name: 'distance', value: '0.3', source: 'csv' },
      ]),
    );
    expect(await record({ 'plain.png': { dose: '1.5', distance: '.3' } })).toMatchObject({ taken: 0 });
  });

  it('refuses unknown images, unknown columns and wrong values row by row, and takes the good rows', async () => {
    const report = await record({
      'plain.png': { site: 'field 1' },
      'none.png': { site: 'field 1' },
      'photo.jpg': { site: 'field 1', colour: 'green', dose: 'much' },
    });
    expect(report.taken).toBe(1);
    expect(report.refused.map(({ row, name, field, code }: Answer) => [row, name, field, code])).toEqual([
      [1, 'none.png', 'image', 'UNKNOWN_IMAGE'],
      [2, 'photo.jpg', 'colour', 'UNKNOWN_COLUMN'],
      [2, 'photo.jpg', 'dose', 'INVALID_VALUE'],
    ]);
    for (const { message } of report.refused) expect(message).toMatch(/^row \d/);
    expect((await read('plain.png')).site).toBe('field 1');
    expect((await read('photo.jpg')).site).toBe('greenhouse 3');
  });

  it('takes nothing where one row is bad and the import is strict', async () => {
    const before = await read('plain.png');
    const result = await record(
      { 'plain.png': { site: 'field 9' }, 'photo.jpg': { dose: 'much' } },
      { strict: true },
    );
    expect(result).toMatchObject({
      code: 'BAD_INPUT',
      reasons: [{ path: ['1', 'dose'], code: 'INVALID_VALUE' }],
    });
    expect(await read('plain.png')).toEqual(before);
  });

  it('lays several rows of one image over one another in their order', async () => {
    const rows = ['one', 'two', 'three'].map((site) => ({
      image: 'plain.png',
      values: [{ name: 'site', value: site }],
    }));
    expect(await record({}, { rows })).toMatchObject({ taken: 3 });
    expect((await read('plain.png')).site).toBe('three');
  });

  it('makes the subject the unit, and the image itself where no subject is known', async () => {
    expect((await read('plain.png')).unitKnown).toBe(false);
    await record({ 'plain.png': { subject: 'plant 7' } });
    expect(await read('plain.png')).toMatchObject({ unit: 'plant 7', unitKnown: true });
  });

  it('refuses to declare a factor under the name of a column', async () => {
    for (const name of ['site', 'latitude', 'unit', 'label']) {
      const result = await mutate(house, 'declareFactors', {
        dataset: 'plants',
        factors: [{ name, kind: 'NOMINAL' }],
      });
      expect([name, result.code]).toEqual([name, 'BAD_INPUT']);
    }
  });

  it('gives back any text as it came', async () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((value) => !/\0|\p{Surrogate}/u.test(value));
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        await record({ 'plain.png': { variety: value } });
        const { values } = await read('plain.png');
        expect(values).toContainEqual({ name: 'variety', value, source: 'csv' });
      }),
      { numRuns: 20 },
    );
  });

  it.skipIf(!isShared('data', 'awkward_images', 'exif_cameras'))(
    'reads position and serial numbers of real cameras into restricted fields alone',
    async () => {
      const name = 'gps__DSCN0010.jpg';
      await addImages(house, 'plants', {
        [name]: await readFile(shared('data', 'awkward_images', 'exif_cameras', name)),
      });
      const { values, restricted, capturedAt } = await read(name);
      expect(capturedAt).toBe('2008-10-22T16:28:39');
      expect(restricted.map((value: Answer) => value.name)).toEqual(
        expect.arrayContaining(['latitude', 'longitude']),
      );
      expect(values.map((value: Answer) => value.name)).not.toContain('latitude');
    },
  );
});
