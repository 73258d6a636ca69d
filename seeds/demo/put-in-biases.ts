import type { Exclusion, Photograph, Plant } from './greenhouse.ts';
import type { SeededRandom } from './seeded-random.ts';

const SOFT_CAMERA = 'camera-6';
const SOFT_BLUR = 2.4;
const COPIES_OF_EACH_KIND = 6;
export const COPIES = 2 * COPIES_OF_EACH_KIND;

/** The biases of `DEMO_BIASES` that lie in the acquisition; the skewed sites are dealt by `planPlants`. */
export function putInBiases(photographs: readonly Photograph[], random: SeededRandom): Photograph[] {
  return photographs.map((photograph) => forgetOperator(useSoftCamera(photograph), random));
}

function useSoftCamera(photograph: Photograph): Photograph {
  const number = Number(photograph.device.slice('camera-'.length));
  if (photograph.plant.site === 'north' && number > 3) {
    return { ...photograph, device: SOFT_CAMERA, look: { ...photograph.look, blur: SOFT_BLUR } };
  }
  return photograph.device === SOFT_CAMERA ? { ...photograph, device: 'camera-3' } : photograph;
}

function forgetOperator(photograph: Photograph, random: SeededRandom): Photograph {
  const share = photograph.plant.site === 'south' ? 0.6 : 0.04;
  return random.between(0, 1) < share ? { ...photograph, operator: '' } : photograph;
}

/** Rust at the south site is excluded out of proportion; a few others go at random. */
export function planExclusions(photographs: readonly Photograph[], random: SeededRandom): Exclusion[] {
  const atFault = ({ plant }: Photograph) => plant.site === 'south' && plant.disease === 'rust';
  const exclude = (candidates: readonly Photograph[], count: number, reason: string) =>
    random
      .shuffled(candidates)
      .slice(0, count)
      .map(({ image }) => ({ image, stage: 'eligible', reason }));
  return [
    ...exclude(photographs.filter(atFault), 48, 'lesions-not-countable'),
    ...exclude(
      photographs.filter((photograph) => !atFault(photograph)),
      8,
      'out-of-focus',
    ),
  ];
}

/** Copies of photographs that are kept, each filed under another plant of the same class and site. */
export function planCopies(
  photographs: readonly Photograph[],
  exclusions: readonly Exclusion[],
  nameAt: (index: number) => string,
  random: SeededRandom,
): Photograph[] {
  const excluded = new Set(exclusions.map(({ image }) => image));
  const sources = random
    .shuffled(photographs)
    .filter(({ image, look }) => !excluded.has(image) && !look.lossless)
    .slice(0, COPIES);
  return sources.map((source, i) => ({
    ...source,
    image: `${nameAt(photographs.length + i)}.jpg`,
    plant: neighbourOf(source.plant, photographs),
    copy: { of: source.image, kind: i < COPIES_OF_EACH_KIND ? 'exact' : 'near' },
  }));
}

function neighbourOf(plant: Plant, photographs: readonly Photograph[]): Plant {
  const alike = photographs
    .map((photograph) => photograph.plant)
    .filter((other) => other.site === plant.site && other.disease === plant.disease)
    .filter((other) => other.subject !== plant.subject);
  return alike.find((other) => other.subject > plant.subject) ?? alike[0]!;
}
