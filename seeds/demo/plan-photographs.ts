import {
  CAMERAS,
  CLASSES,
  LAMPS,
  type Look,
  OPERATORS,
  type Photograph,
  type Plant,
  SESSION_DAYS,
  SITES,
  STAGES,
  TRAYS,
} from './greenhouse.ts';
import type { SeededRandom } from './seeded-random.ts';

/**
 * Linear forms over F₃ in a plant's point. Two forms of which neither is a multiple of the other are balanced
 * against each other exactly (orthogonal array of strength 2; Hedayat, Sloane & Stufken 1999). The coefficients
 * of the looks sum to 0 mod 3, those of the factors do not: so no look, and no interaction of looks, is aliased
 * with a factor, and how a photograph looks says nothing about where, when and by whom it was taken.
 */
const FORMS = {
  camera: [0, 1, 2, 2, 2],
  operator: [1, 2, 1, 0, 1],
  session: [0, 1, 1, 0, 2],
  tray: [1, 2, 2, 1, 2],
  lamp: [2, 1, 1, 2, 2],
  ground: [1, 1, 1, 0, 0],
  exposure: [0, 1, 1, 1, 0],
  contrast: [0, 0, 1, 1, 1],
  warmth: [1, 0, 0, 1, 1],
  grain: [1, 1, 0, 0, 1],
  blur: [1, 0, 1, 1, 0],
  scaleBar: [1, 2, 1, 1, 1],
  frame: [1, 1, 2, 1, 1],
} as const;

const LOOKS = {
  ground: ['soil', 'fleece', 'bench'],
  exposure: [0.82, 1, 1.18],
  contrast: [0.85, 1, 1.15],
  warmth: [-0.08, 0, 0.08],
  grain: [2.5, 4, 5.5],
  blur: [0.45, 0.55, 0.65],
  scaleBar: [10, 12, 14],
  frame: [
    { width: 320, height: 240 },
    { width: 304, height: 228 },
    { width: 288, height: 216 },
  ],
} as const;

/** Two of the three stages a plant is seen at, in the order of its growth, by sowing batch. */
const STAGES_OF_BATCH = [
  [0, 1],
  [1, 2],
  [0, 2],
] as const;

/** Two photographs a plant, three weeks apart: 486 in all. Names are given later. */
export function planPhotographs(plants: readonly Plant[], random: SeededRandom): Photograph[] {
  const photographs = plants.flatMap((plant) => [photographAt(plant, 0), photographAt(plant, 1)]);
  return withTimes(photographs, random);
}

function photographAt(plant: Plant, visit: 0 | 1): Photograph {
  const level = (form: keyof typeof FORMS) => {
    const coefficients: readonly number[] = FORMS[form];
    return (coefficients.reduce((sum, factor, i) => sum + factor * plant.point[i]!, 0) + visit) % 3;
  };
  // Which half of the cameras comes first: with these coordinates camera × site and camera × class stay even.
  const [site, disease, , free] = plant.point;
  const half = visit ^ ((site! + disease! + free!) % 2);
  const look: Look = {
    ...LOOKS.frame[level('frame')]!,
    ground: LOOKS.ground[level('ground')]!,
    exposure: LOOKS.exposure[level('exposure')]!,
    contrast: LOOKS.contrast[level('contrast')]!,
    warmth: LOOKS.warmth[level('warmth')]!,
    grain: LOOKS.grain[level('grain')]!,
    blur: LOOKS.blur[level('blur')]!,
    scaleBar: LOOKS.scaleBar[level('scaleBar')]!,
    lossless: visit === 0 && level('ground') + level('exposure') + level('contrast') === 0,
  };
  return {
    image: '',
    plant,
    device: CAMERAS[level('camera') + 3 * half]!,
    operator: OPERATORS[level('operator')]!,
    session: ((level('session') - visit + 3) % 3) + 3 * visit,
    capturedAt: '',
    stage: STAGES[STAGES_OF_BATCH[plant.point[4]!]![visit]]!,
    tray: TRAYS[level('tray')]!,
    lamp: LAMPS[level('lamp')]!,
    look,
  };
}

/** The sites work side by side and take the classes in turn, so that the hour says nothing about either. */
function withTimes(photographs: readonly Photograph[], random: SeededRandom): Photograph[] {
  return SESSION_DAYS.flatMap((day, session) =>
    SITES.flatMap((site, place) => {
      const turns = CLASSES.map((_, turn) => CLASSES[(turn + session + place) % 3]!);
      const queues = turns.map((disease) =>
        random.shuffled(
          photographs.filter(
            (photograph) =>
              photograph.session === session &&
              photograph.plant.site === site &&
              photograph.plant.disease === disease,
          ),
        ),
      );
      const length = Math.max(...queues.map((queue) => queue.length));
      const inTurn = Array.from({ length }, (_, i) => queues.map((queue) => queue[i])).flat();
      return inTurn
        .filter((photograph) => photograph !== undefined)
        .map((photograph, slot, all) => {
          const minute = ((slot + random.between(0, 1)) / all.length) * 8 * 60;
          return { ...photograph, capturedAt: `${day}T${clock(8 * 60 + minute)}` };
        });
    }),
  );
}

function clock(minutes: number): string {
  const parts = [minutes / 60, minutes % 60, (minutes * 60) % 60];
  return parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}
