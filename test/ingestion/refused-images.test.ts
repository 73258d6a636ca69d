import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countRefusals } from '../../src/ingestion/refusals.store.ts';
import { refusalStage, refusedImages } from '../../src/ingestion/refused-image.ts';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage } from '../support/specimens.ts';

const REPORT = '... on BulkReport { revision taken alreadyThere refused { row name field code message } }';

describe('the stage of a refusal', () => {
  it('is DECODED for a file that could not be used, COLLECTED for a candidate that never came so far', () => {
    expect(['TRUNCATED_IMAGE', 'EMPTY_FILE', 'DECODE_TIMEOUT', 'DECOMPRESSION_BOMB'].map(stageOf)).toEqual(
      Array(4).fill('DECODED'),
    );
    expect(['BAD_INPUT', 'MALFORMED_FILE', 'BLOB_TOO_LARGE'].map(stageOf)).toEqual(
      Array(3).fill('COLLECTED'),
    );
  });

  it('is none where nothing is lost: the dataset holds the name, or the bytes are still to come', () => {
    expect(['DUPLICATE_NAME', 'BLOB_MISSING'].map(stageOf)).toEqual([null, null]);
  });

  it('is told once a candidate, by its first fault, and a name too long is kept by its beginning', () => {
    const row = (name: string, message: string) =>
      ({ row: 0, name, field: 'name', code: 'BAD_INPUT', message }) as const;
    const long = '🌱'.repeat(600);
    const lost = refusedImages(
      [row('a', 'first'), row('a', 'second'), row(long, 'long'), row('b', 'held')],
      (name) => name === 'b',
    );
    expect(lost.map(({ name, reason }) => [name, reason])).toEqual([
      ['a', 'first'],
      ['🌱'.repeat(256), 'long'],
    ]);
  });

  const stageOf = (code: string) => refusalStage(code as Parameters<typeof refusalStage>[0]);
});

describe('the exclusion ledger at the door', () => {
  let house: House;
  const dataset = 'plants';
  const ledger = async (slug = dataset, args = '', token?: string): Promise<Answer[]> => {
    const document = `query ($slug: String!) { dataset(slug: $slug) { refusedImages${args} { nodes { name stage code reason refusedBy since } } } }`;
    return (await house.ask(document, { slug }, token)).dataset.refusedImages.nodes;
  };
  const revision = async () =>
    (await house.ask(`{ dataset(slug: "${dataset}") { revision } }`)).dataset.revision;
  const record = (...refusals: object[]) =>
    succeed(house, 'recordRefusedImages', { dataset, refusals }, REPORT);

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, dataset);
  });
  afterAll(() => house?.stop());

  it('keeps every candidate that a registration refused, with stage, code, reason and who', async () => {
    const png = await noiseImage(1);
    const images = {
      'cut.png': png.subarray(0, png.length / 2),
      'text.txt': Buffer.from('no image'),
      'fine.png': png,
    };
    expect(await addImages(house, dataset, images)).toMatchObject({ taken: 1 });
    await succeed(house, 'registerImages', { dataset, images: [{ name: 'nowhere.png', address: 'here' }] });
    const lines = await ledger();
    expect(lines.map(({ name, stage, code }) => [name, stage, code])).toEqual([
      ['cut.png', 'DECODED', 'TRUNCATED_IMAGE'],
      ['text.txt', 'DECODED', 'UNSUPPORTED_MEDIA_TYPE'],
      ['nowhere.png', 'COLLECTED', 'BAD_INPUT'],
    ]);
    for (const { reason, refusedBy } of lines) expect([reason, refusedBy]).not.toContain(null);
    expect(lines[0].reason).toContain('cut.png');
  });

  it('changes nothing for the same refusal again', async () => {
    const before = await revision();
    const png = await noiseImage(1);
    await addImages(house, dataset, { 'cut.png': png.subarray(0, png.length / 2) });
    expect(await revision()).toBe(before);
  });

  it('loses nothing that the dataset holds: neither other bytes of a name, nor bad bytes of one', async () => {
    const before = await revision();
    await addImages(house, dataset, { 'fine.png': await noiseImage(2) });
    await addImages(house, dataset, { 'fine.png': Buffer.from('no image') });
    await succeed(house, 'registerImages', {
      dataset,
      images: [{ name: 'later.png', digest: 'ab'.repeat(32) }],
    });
    expect([await revision(), (await ledger()).length]).toEqual([before, 3]);
  });

  it('closes the refusal of what is registered at last, and remembers it', async () => {
    const before = await revision();
    await addImages(house, dataset, { 'cut.png': await noiseImage(3) });
    expect((await ledger()).map(({ name }) => name)).toEqual(['text.txt', 'nowhere.png']);
    expect((await ledger(dataset, `(asOf: ${before})`)).map(({ name }) => name)).toContain('cut.png');
  });

  it('writes nothing where a strict registration takes nothing', async () => {
    const before = await revision();
    const images = [{ name: 'strict.png', address: 'here' }];
    const refused = await mutate(house, 'registerImages', { dataset, images, strict: true });
    expect([refused.code, await revision()]).toEqual(['BAD_INPUT', before]);
  });

  it('takes what a client refused before it sent it, once', async () => {
    const gone = {
      name: 'gone.png',
      stage: 'COLLECTED',
      code: 'MALFORMED_FILE',
      reason: 'there is no such file',
    };
    const held = { name: 'fine.png', stage: 'DECODED', code: 'EMPTY_FILE', reason: 'no bytes' };
    const nameless = { ...gone, name: ' ' };
    const first = await record(gone, held, nameless);
    expect(first).toMatchObject({ taken: 1, alreadyThere: 1, refused: [{ row: 2, field: 'name' }] });
    expect(await record(gone)).toMatchObject({ taken: 0, alreadyThere: 1, revision: first.revision });
    const changed = await record({
      ...gone,
      stage: 'DECODED',
      code: 'EMPTY_FILE',
      reason: 'it came without bytes',
    });
    expect(changed).toMatchObject({ taken: 1, revision: first.revision + 1 });
    expect((await ledger()).filter(({ name }) => name === 'gone.png')).toMatchObject([
      { code: 'EMPTY_FILE' },
    ]);
  });

  it('is counted by stage and code, as of a revision', async () => {
    const [{ id }] = await house.services.db.query('SELECT id FROM dataset WHERE slug = $1', [dataset]);
    const at = (asOf: number) => countRefusals(house.services.db, { datasetId: id, asOf });
    expect(await at(await revision())).toEqual([
      { stage: 'COLLECTED', code: 'BAD_INPUT', images: 1 },
      { stage: 'DECODED', code: 'EMPTY_FILE', images: 1 },
      { stage: 'DECODED', code: 'UNSUPPORTED_MEDIA_TYPE', images: 1 },
    ]);
    expect(await at(1)).toEqual([]);
  });

  it('tells no names of a personal dataset to who may not read them, nor the reasons that repeat them', async () => {
    await newDataset(house, 'people', { sensitivity: 'PERSONAL' });
    await addImages(house, 'people', { 'jane-doe.png': Buffer.from('no image') });
    const reader = await house.tokenOf('READER', 'people');
    expect(await ledger('people', '', reader)).toMatchObject([
      { name: null, reason: null, stage: 'DECODED', code: 'UNSUPPORTED_MEDIA_TYPE' },
    ]);
  });

  it('goes on behind the door: exclusions with who, since and until, and with history those taken back', async () => {
    const exclude = (image: string, reason: string) =>
      succeed(
        house,
        'excludeImages',
        { dataset, exclusions: [{ image, stage: 'ELIGIBLE', reason }] },
        '... on Dataset { revision }',
      );
    const { revision: first } = await exclude('fine.png', 'blurred');
    const { revision: second } = await exclude('cut.png', 'a stone');
    await succeed(house, 'readmitImages', { dataset, images: ['fine.png'] });
    const lines = async (args: string) => {
      const { dataset: found } = await house.ask(
        `{ dataset(slug: "${dataset}") { exclusions${args} { nodes { imageName stage reason excludedBy since until } } } }`,
      );
      return found.exclusions.nodes;
    };
    expect(await lines('')).toMatchObject([
      { imageName: 'cut.png', reason: 'a stone', since: second, until: null },
    ]);
    expect(await lines('(history: true)')).toMatchObject([
      {
        imageName: 'fine.png',
        stage: 'ELIGIBLE',
        since: first,
        until: second + 1,
        excludedBy: expect.any(String),
      },
      { imageName: 'cut.png', until: null },
    ]);
    expect(await lines(`(history: true, asOf: ${second})`)).toMatchObject([{ until: null }, { until: null }]);
  });
});
