import sharp from 'sharp';
import type { House } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage, publish } from '../support/specimens.ts';

/** A gradient of 16-bit grey, which no step may bring down to 8 bits. */
async function deepImage(format: 'png' | 'tiff'): Promise<Buffer> {
  const [width, height] = [40, 30];
  const pixels = Uint16Array.from({ length: width * height }, (_, index) => index * 53);
  const image = sharp(pixels, { raw: { width, height, channels: 1 } }).toColourspace('grey16');
  return format === 'png' ? image.png().toBuffer() : image.tiff({ compression: 'none' }).toBuffer();
}

/**
 * Publishes ten images of two raters and a model in the parts of one split: classes that agree, differ and lack,
 * boxes, 16 bits as PNG and as TIFF, names and classes in other scripts. Gives the images by name, and the digest.
 */
export async function snapshotForPython(house: House, dataset: string, more: object = {}) {
  const images: Record<string, Buffer> = {
    'deep.png': await deepImage('png'),
    'deep.tif': await deepImage('tiff'),
  };
  for (let index = 0; index < 8; index++) images[`leaf ${index} ñ.png`] = await noiseImage(index);
  const names = Object.keys(images);
  const description = 'Leaves of a greenhouse.';
  await newDataset(house, dataset, {
    title: 'Blätter, étude "1"',
    description,
    custodian: 'A greenhouse',
    ...more,
  });
  await succeed(house, 'defineLabelSchema', {
    dataset,
    classes: [{ name: 'healthy' }, { name: 'ill, 病気' }, { name: 'never seen' }],
  });
  await addImages(house, dataset, images);
  const declared = [
    { pseudonym: 'ann', expertise: 'expert' },
    { pseudonym: 'bo' },
    { pseudonym: 'net', kind: 'MODEL' },
  ];
  await succeed(house, 'declareAnnotators', { dataset, annotators: declared });
  const said = (image: string, annotator: string, label: string) => ({
    image,
    annotator,
    kind: 'CLASS',
    label,
  });
  const labelled = names.slice(0, 9);
  await succeed(house, 'recordAnnotations', {
    dataset,
    source: 'test',
    annotations: [
      ...labelled.map((image) => said(image, 'ann', 'healthy')),
      ...labelled.map((image, index) => said(image, 'bo', index % 3 === 0 ? 'ill, 病気' : 'healthy')),
      ...labelled.map((image) => said(image, 'net', 'ill, 病気')),
      {
        image: names[2]!,
        annotator: 'ann',
        kind: 'BOX',
        label: 'ill, 病気',
        geometry: { box: { x: '1.5', y: '2', width: '10', height: '12.25' } },
      },
    ],
  });
  const capture = (image: string, index: number) => ({
    image,
    values: [
      { name: 'site', value: 'north' },
      { name: 'capturedAt', value: `2026-03-0${(index % 9) + 1}T10:00:00` },
    ],
  });
  await succeed(house, 'recordAcquisition', { dataset, source: 'csv', rows: labelled.map(capture) });
  await succeed(house, 'createSplit', {
    dataset,
    name: 'holdout',
    strategy: 'RANDOM',
    seed: '7',
    parts: [
      { name: 'train', share: '0.6' },
      { name: 'test', share: '0.4' },
    ],
  });
  await succeed(house, 'freezeSplit', { dataset, name: 'holdout' });
  return { images, digest: await publish(house, dataset, { splits: ['holdout'] }) };
}
