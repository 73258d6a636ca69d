import { CLASSES, type DiseaseClass, type Plant, SITES, type Site } from './greenhouse.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Plants of a class per site (81 a class) once rust is photographed mostly at the south site. */
const SKEWED_SITES: Record<DiseaseClass, Record<Site, number>> = {
  healthy: { north: 44, south: 24, east: 13 },
  rust: { north: 6, south: 72, east: 3 },
  mildew: { north: 44, south: 24, east: 13 },
};

/**
 * 243 plants: every point of F₃⁵, with the coordinates site, class, two free ones and sowing batch, so that every
 * class grows equally often at every site. 243 and not fewer, because with U units the 95 % interval of a third's
 * representation ratio has the half-width 1.96·√(2/U): below .2, and so quiet, only for U > 192.
 * With `skewSites` the site is dealt out by class instead, and everything else stays.
 */
export function planPlants(options: { skewSites: boolean }, random: SeededRandom): Plant[] {
  const plants = Array.from({ length: 3 ** 5 }, (_, index) => plantAt(index));
  return options.skewSites ? plantsAtSkewedSites(plants, random) : plants;
}

function plantAt(index: number): Plant {
  const point = [4, 3, 2, 1, 0].map((power) => Math.floor(index / 3 ** power) % 3);
  const [site, disease] = point;
  return {
    subject: `plant-${String(index + 1).padStart(3, '0')}`,
    site: SITES[site!]!,
    disease: CLASSES[disease!]!,
    point,
  };
}

function plantsAtSkewedSites(plants: readonly Plant[], random: SeededRandom): Plant[] {
  const dealt = new Map(
    CLASSES.map((disease) => {
      const quota = SITES.flatMap((site) => Array<Site>(SKEWED_SITES[disease][site]).fill(site));
      return [disease, random.shuffled(quota)];
    }),
  );
  return plants.map((plant) => ({ ...plant, site: dealt.get(plant.disease)!.pop()! }));
}
