import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { inUnitOrder } from './in-unit-order.ts';
import { leaveOneUnitOutGuesses, type Strata } from './leave-one-unit-out-guesses.ts';

/** Places of the attributes in the order chosen, and the strata they make together; none chosen: one stratum. */
export interface GreedyStrata {
  readonly attributes: readonly number[];
  readonly strata: Strata;
}

const LONGEST_TUPLE = 3;
const LARGEST_TABLE = 8_000_000;

/**
 * The tuple of at most 3 attributes that tells the label best of units never seen: each step takes the attribute with the
 * largest gain in leave-one-unit-out λ (the first of equals) and ends where none gains. Not known is a level of its own
 * here, for it may be what gives the label away, and every tuple is to be judged on the same images. A combination with
 * more strata than half the units, which could not be guessed from other units, or with more than 8 million cells with the
 * label, is not tried. Specification §3.
 */
export function greedyStrata(
  attributes: readonly CodedVariable[],
  label: CodedVariable,
  units: UnitStructure,
): GreedyStrata {
  const { units: sorted, images, ordered } = inUnitOrder(units);
  const variables = attributes.map(ordered);
  const labels = ordered(label);
  const mostStrata = Math.min(units.unitCount / 2, LARGEST_TABLE / Math.max(1, label.levels));
  const chosen: number[] = [];
  let strata: Strata = { codes: new Int32Array(images.length), levels: 1 };
  let hits = commonest(label);
  while (chosen.length < LONGEST_TUPLE) {
    const candidates = variables.flatMap((variable, attribute) => {
      const refined = chosen.includes(attribute) ? null : refine(strata, variable, mostStrata);
      return refined === null ? [] : [{ attribute, strata: refined, most: inSampleHits(refined, labels) }];
    });
    const best = bestOf(candidates, hits, (candidate) => hitsOf(candidate.strata, labels, sorted));
    if (best === null) break;
    chosen.push(best.attribute);
    ({ strata, hits } = best);
  }
  const codes = new Int32Array(images.length);
  for (let place = 0; place < images.length; place += 1) codes[images[place]!] = strata.codes[place]!;
  return { attributes: chosen, strata: { codes, levels: strata.levels } };
}

interface Candidate {
  readonly attribute: number;
  readonly strata: Strata;
  /** Hits in-sample: no candidate has more with every unit left out. */
  readonly most: number;
}

interface Chosen extends Candidate {
  readonly hits: number;
}

/** The candidate of most hits above `hits`, the first of equals; those that cannot have more are not tried. */
function bestOf(
  candidates: readonly Candidate[],
  hits: number,
  hitsOf: (candidate: Candidate) => number,
): Chosen | null {
  let best: Chosen | null = null;
  for (const candidate of candidates.toSorted((a, b) => b.most - a.most)) {
    const least: number = best?.hits ?? hits + 1;
    if (candidate.most < least) break;
    const own = hitsOf(candidate);
    if (own > least || (own === least && candidate.attribute < (best?.attribute ?? Infinity)))
      best = { ...candidate, hits: own };
  }
  return best;
}

/** Images of the commonest class of their stratum. */
function inSampleHits({ codes, levels: strata }: Strata, { codes: labels, levels }: CodedVariable): number {
  const table = new Int32Array(strata * levels);
  for (let image = 0; image < codes.length; image += 1)
    if (labels[image]! >= 0) table[codes[image]! * levels + labels[image]!]! += 1;
  let hits = 0;
  for (let cell = 0; cell < table.length; cell += levels) {
    let most = 0;
    for (let label = 0; label < levels; label += 1) most = Math.max(most, table[cell + label]!);
    hits += most;
  }
  return hits;
}

function commonest({ codes, levels }: CodedVariable): number {
  const counts = new Float64Array(levels);
  for (const code of codes) if (code >= 0) counts[code] = counts[code]! + 1;
  return Math.max(0, ...counts);
}

/** λ grows with the hits alone, the images being the same. */
function hitsOf(strata: Strata, label: CodedVariable, units: UnitStructure): number {
  let hits = 0;
  leaveOneUnitOutGuesses(strata, label, units, (image, guess) => {
    if (guess === label.codes[image]) hits += 1;
  });
  return hits;
}

/** The strata divided by one more attribute, numbered as they are met; null where they would be too many. */
function refine(strata: Strata, attribute: CodedVariable, most: number): Strata | null {
  const width = attribute.levels + 1;
  const numberOf = new Int32Array(strata.levels * width);
  const codes = new Int32Array(strata.codes.length);
  let levels = 0;
  for (let image = 0; image < codes.length; image += 1) {
    const pair = strata.codes[image]! * width + attribute.codes[image]! + 1;
    if (numberOf[pair] === 0) {
      levels += 1;
      if (levels > most) return null;
      numberOf[pair] = levels;
    }
    codes[image] = numberOf[pair]! - 1;
  }
  return { codes, levels };
}
