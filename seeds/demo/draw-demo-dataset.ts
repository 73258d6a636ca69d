import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { DomainError } from '../../src/kernel/errors.ts';
import { DEMO_BIASES, type DemoBias } from './demo-biases.ts';
import { drawLeaf } from './draw-leaf.ts';
import type { Photograph } from './greenhouse.ts';
import { planLabels } from './plan-labels.ts';
import { planPhotographs } from './plan-photographs.ts';
import { planPlants } from './plan-plants.ts';
import { COPIES, planCopies, planExclusions, putInBiases } from './put-in-biases.ts';
import { type SeededRandom, seededStreams } from './seeded-random.ts';
import { writeTables } from './write-tables.ts';

const DEFAULT_SEED = 1;
const AT_ONCE = 8;

export interface DemoDataset {
  readonly directory: string;
  readonly seed: number;
  readonly images: number;
  readonly plants: number;
  readonly labels: number;
  readonly exclusions: number;
  /** Empty when drawn without biases. */
  readonly biases: readonly DemoBias[];
  /** Pairs of names, the source first. */
  readonly duplicates: {
    readonly exact: readonly (readonly [string, string])[];
    readonly near: readonly (readonly [string, string])[];
  };
}

/**
 * Draws the simulated greenhouse into `directory`: `images/`, `acquisition.csv`, `labels.csv`, `exclusions.csv`,
 * `target.csv` and `biases.json`. The same options give the same bytes with the same release of sharp.
 * @throws DomainError CONFLICT when the directory holds something already.
 */
export async function drawDemoDataset(
  directory: string,
  options: { biases: boolean; seed?: number },
): Promise<DemoDataset> {
  await mkdir(directory, { recursive: true });
  if ((await readdir(directory)).length > 0) {
    throw new DomainError('CONFLICT', `"${directory}" is not empty; draw the demo into an empty folder.`);
  }
  const seed = options.seed ?? DEFAULT_SEED;
  const nextStream = seededStreams(seed);
  const { photographs, exclusions } = planAcquisition(options.biases, nextStream());
  const labels = planLabels(photographs, { lenientRater: options.biases }, nextStream());

  const images = join(directory, 'images');
  await mkdir(images);
  await drawImages(images, photographs, nextStream);
  await writeTables(directory, photographs, labels, exclusions);
  const dataset: DemoDataset = {
    directory,
    seed,
    images: photographs.length,
    plants: new Set(photographs.map(({ plant }) => plant.subject)).size,
    labels: labels.length,
    exclusions: exclusions.length,
    biases: options.biases ? DEMO_BIASES : [],
    duplicates: { exact: copiesOf(photographs, 'exact'), near: copiesOf(photographs, 'near') },
  };
  const { biases, duplicates } = dataset;
  await writeFile(
    join(directory, 'biases.json'),
    `${JSON.stringify({ seed, biases, duplicates }, null, 2)}\n`,
  );
  return dataset;
}

function planAcquisition(biases: boolean, random: SeededRandom) {
  const balanced = planPhotographs(planPlants({ skewSites: biases }, random), random);
  const planned = biases ? putInBiases(balanced, random) : balanced;
  const copyCount = biases ? COPIES : 0;
  // Names in random order, so that a name tells nothing of its photograph.
  const numbers = random.shuffled(
    Array.from({ length: planned.length + copyCount }, (_, index) => index + 1),
  );
  const nameAt = (index: number) => `leaf-${String(numbers[index]).padStart(4, '0')}`;
  const named = planned.map((photograph, index) => ({
    ...photograph,
    image: `${nameAt(index)}.${photograph.look.lossless ? 'png' : 'jpg'}`,
  }));
  const exclusions = biases ? planExclusions(named, random) : [];
  const copies = biases ? planCopies(named, exclusions, nameAt, random) : [];
  const photographs = [...named, ...copies].sort((a, b) => (a.image < b.image ? -1 : 1));
  return { photographs, exclusions };
}

async function drawImages(
  folder: string,
  photographs: readonly Photograph[],
  nextStream: () => SeededRandom,
): Promise<void> {
  const originals = photographs.filter(({ copy }) => copy === undefined);
  for (let start = 0; start < originals.length; start += AT_ONCE) {
    const batch = originals.slice(start, start + AT_ONCE);
    await Promise.all(batch.map((photograph) => takePhotograph(folder, photograph, nextStream())));
  }
  for (const { image, copy } of photographs) {
    if (copy === undefined) continue;
    const [from, to] = [join(folder, copy.of), join(folder, image)];
    if (copy.kind === 'exact') await copyFile(from, to);
    else await sharp(from).linear(1.06, 2).jpeg({ quality: 70 }).toFile(to);
  }
}

async function takePhotograph(folder: string, photograph: Photograph, random: SeededRandom): Promise<void> {
  const { look, plant, image } = photograph;
  const pixels = drawLeaf(look, plant.disease, random);
  const raw = { width: look.width, height: look.height, channels: 3 } as const;
  const photo = sharp(pixels, { raw }).blur(look.blur);
  await (look.lossless ? photo.png() : photo.jpeg({ quality: 82 })).toFile(join(folder, image));
}

function copiesOf(photographs: readonly Photograph[], kind: 'exact' | 'near'): (readonly [string, string])[] {
  return photographs.flatMap(({ image, copy }) => (copy?.kind === kind ? [[copy.of, image] as const] : []));
}
