import { CLASSES, type DiseaseClass, type Label, type Photograph, RATERS, SITES } from './greenhouse.ts';
import type { SeededRandom } from './seeded-random.ts';

/** The rater who calls diseased leaves healthy, and how often. */
export const LENIENT = { rater: 'rater-3', share: 0.6 } as const;

const FIRST_LABEL = Date.UTC(2025, 6, 1, 8);
const DAY_MS = 86_400_000;
const LABELS_A_DAY = 90;

/**
 * Every rater labels every photograph, in an order of their own. Each errs twice in every cell of site × class,
 * once towards each of the other classes, and no two raters err on the same photograph: the raters disagree now
 * and then, and none leans. The lenient rater, if there is one, leans on top of that.
 */
export function planLabels(
  photographs: readonly Photograph[],
  options: { lenientRater: boolean },
  random: SeededRandom,
): Label[] {
  const errors = planErrors(photographs, random);
  return RATERS.flatMap((annotator) => {
    const lenient = options.lenientRater && annotator === LENIENT.rater;
    return random.shuffled(photographs).map(({ image, plant }, position) => {
      const label = errors.get(`${annotator} ${image}`) ?? plant.disease;
      const overlooked = lenient && random.between(0, 1) < LENIENT.share;
      const seconds = Math.round(random.between(4, 16) * 10) / 10;
      return {
        image,
        annotator,
        label: overlooked ? 'healthy' : label,
        annotatedAt: momentOf(position),
        seconds,
      };
    });
  });
}

function planErrors(photographs: readonly Photograph[], random: SeededRandom): Map<string, DiseaseClass> {
  const errors = new Map<string, DiseaseClass>();
  for (const site of SITES) {
    for (const disease of CLASSES) {
      const others = CLASSES.filter((other) => other !== disease);
      const cell = random.shuffled(
        photographs.filter(({ plant }) => plant.site === site && plant.disease === disease),
      );
      RATERS.forEach((annotator, i) => {
        cell.slice(2 * i, 2 * i + 2).forEach(({ image }, j) => {
          errors.set(`${annotator} ${image}`, others[j]!);
        });
      });
    }
  }
  return errors;
}

function momentOf(position: number): string {
  const day = Math.floor(position / LABELS_A_DAY);
  const moment = FIRST_LABEL + day * DAY_MS + (position % LABELS_A_DAY) * 20_000;
  return new Date(moment).toISOString();
}
