import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements } from '../support/count-statements.ts';
import { type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage } from '../support/specimens.ts';

const IMAGES = 100;
const SMALL = { width: 16, height: 12 };

describe('the number of SQL statements of a query', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
    const images: Record<string, Buffer> = {};
    for (let index = 0; index < IMAGES; index++) images[`${index}.png`] = await noiseImage(index, SMALL);
    await addImages(house, 'plants', images);
    await succeed(house, 'defineLabelSchema', { dataset: 'plants', classes: [{ name: 'leaf' }] });
    const names = Object.keys(images);
    await succeed(house, 'recordAnnotations', {
      dataset: 'plants',
      source: 'test',
      annotations: ['ann', 'bo'].flatMap((annotator) =>
        names.map((image) => ({ image, annotator, kind: 'CLASS', label: 'leaf' })),
      ),
    });
    await succeed(house, 'recordAcquisition', {
      dataset: 'plants',
      source: 'csv',
      rows: names.map((image) => ({ image, values: [{ name: 'site', value: 'north' }] })),
    });
    await succeed(house, 'excludeImages', {
      dataset: 'plants',
      exclusions: names.slice(0, 50).map((image) => ({ image, stage: 'ELIGIBLE', reason: 'blurred' })),
    });
    for (const title of ['one', 'two', 'three']) {
      await succeed(house, 'describeDataset', { dataset: 'plants', title });
      await succeed(house, 'publishSnapshot', { dataset: 'plants', tag: title });
    }
  });
  afterAll(() => house?.stop());

  it.each([
    [
      'images with everything that hangs on them',
      `images(first: $first) { nodes { name exclusion { reason } facts { mediaType quality { value } }
         acquisition { site unit values { source } restricted { value } } annotations { annotator label geometry { __typename } } } }`,
    ],
    ['annotations', 'annotations(first: $first) { nodes { id annotator label } }'],
    ['revisions', 'revisions(first: $first) { nodes { number summary } }'],
    ['changes', 'diff(from: 1, to: 4) { images(first: $first) { opened nodes { imageId } } }'],
    [
      'snapshots',
      'snapshots(first: $first) { nodes { digest tags deprecation { reason } files { name } attestations } }',
    ],
  ])('does not grow with the rows returned: %s', async (_, selection) => {
    const document = `query ($first: Int!) { dataset(slug: "plants") { ${selection} } }`;
    const few = await countStatements(() => house.ask(document, { first: 2 }));
    const many = await countStatements(() => house.ask(document, { first: IMAGES }));
    expect(few.length).toBeGreaterThan(0);
    expect(many).toEqual(few);
  });

  it('does not grow with the snapshots in which an image is proved, the first proof of each or a later one', async () => {
    const { dataset } = await house.ask(
      '{ dataset(slug: "plants") { snapshots(first: 1) { nodes { manifest(first: 1) { nodes { image } } } } } }',
    );
    const [{ image }] = dataset.snapshots.nodes[0].manifest.nodes;
    const document = `query ($first: Int!, $image: ID!) {
      dataset(slug: "plants") { snapshots(first: $first) { nodes { digest inclusionProof(image: $image) { index } } } } }`;
    const proved = (first: number) => countStatements(() => house.ask(document, { first, image }));
    const first = [await proved(1), await proved(3)];
    const later = [await proved(1), await proved(3)];
    expect(first[1]).toEqual(first[0]);
    expect(later[1]).toEqual(later[0]);
    expect(later[0]!.length).toBeLessThan(first[0]!.length);
  });

  it('is at most eight for a page of images with everything that hangs on them', async () => {
    const { dataset } = await house.ask('{ dataset(slug: "plants") { images(first: 5) { nodes { id } } } }');
    expect(dataset.images.nodes).toHaveLength(5);
    const document = `{ dataset(slug: "plants") { images(first: ${IMAGES}) { nodes { name exclusion { reason } facts { width }
      acquisition { site } annotations { label } } } } }`;
    expect((await countStatements(() => house.ask(document))).length).toBeLessThanOrEqual(8);
  });
});
