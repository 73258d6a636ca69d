import type { House } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage } from '../support/specimens.ts';

export const NAMES = Array.from({ length: 48 }, (_, index) => `${String(index).padStart(2, '0')}.png`);
export const WAIVER =
  'Twins are kept <script>alert("x")</script> | on *purpose*.\nSigned in writing & filed.';
const HALVES = [
  { name: 'train', share: '0.5' },
  { name: 'test', share: '0.5' },
];

/**
 * 48 images of 24 plants at two sites, the last the first again byte for byte, the plant of two unknown. `fair` keeps plants
 * whole, `leaky` puts an image of every plant in either half and is frozen by a waiver, `folds` has three folds, `draft` is one.
 */
export async function certifiedPlants(house: House, dataset = 'plants', input: object = {}): Promise<void> {
  await newDataset(house, dataset, input);
  const bytes = await Promise.all(NAMES.map((_, index) => noiseImage(index % 47)));
  await addImages(house, dataset, Object.fromEntries(NAMES.map((name, index) => [name, bytes[index]!])));
  await divide(house, dataset);
}

/** The same plants in images by reference, so that nothing depends on what drew or encoded them. */
export async function certifiedReferences(house: House, dataset: string): Promise<void> {
  await newDataset(house, dataset);
  const images = NAMES.map((name) => ({ name, address: `https://images.example/${name}` }));
  await succeed(house, 'registerImages', { dataset, images });
  await divide(house, dataset);
}

async function divide(house: House, dataset: string): Promise<void> {
  await succeed(house, 'recordAcquisition', {
    dataset,
    source: 'csv',
    rows: NAMES.map((image, index) => ({
      image,
      values: [
        ...(index === 5 || index === 6 ? [] : [{ name: 'subject', value: `plant ${index % 24}` }]),
        { name: 'site', value: index % 3 === 0 ? 'north <b>field</b>' : 'south | west' },
      ],
    })),
  });
  await succeed(house, 'defineLabelSchema', { dataset, classes: [{ name: 'healthy' }, { name: 'ill' }] });
  await succeed(house, 'recordAnnotations', {
    dataset,
    source: 'test',
    annotations: NAMES.map((image, index) => ({
      image,
      annotator: 'ann',
      kind: 'CLASS',
      label: index % 24 < 13 ? 'ill' : 'healthy',
    })),
  });
  await succeed(house, 'createSplit', {
    dataset,
    name: 'leaky',
    strategy: 'IMPORTED',
    assignment: NAMES.map((image, index) => ({ image, part: index < 24 ? 'train' : 'test' })),
  });
  await succeed(house, 'freezeSplit', { dataset, name: 'leaky', waiver: WAIVER });
  // The twins 00 and 47 are of different plants: only without one of them does no split leak.
  await succeed(house, 'excludeImages', {
    dataset,
    exclusions: [{ image: '47.png', stage: 'ELIGIBLE', reason: 'a copy' }],
  });
  await succeed(house, 'createSplit', {
    dataset,
    name: 'fair',
    strategy: 'GROUPED_STRATIFIED',
    seed: '7',
    groupBy: 'subject',
    stratifyBy: 'label',
    parts: HALVES,
  });
  await succeed(house, 'freezeSplit', { dataset, name: 'fair' });
  await succeed(house, 'createSplit', {
    dataset,
    name: 'folds',
    strategy: 'GROUPED_K_FOLD',
    groupBy: 'subject',
    folds: 3,
  });
  await succeed(house, 'freezeSplit', { dataset, name: 'folds' });
  await succeed(house, 'createSplit', { dataset, name: 'draft', strategy: 'RANDOM', parts: HALVES });
}
