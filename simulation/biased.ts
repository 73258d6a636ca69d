import type { CardKind } from '../src/bias/cards/card.ts';
import { type Bias, NO_BIAS } from './bias.ts';
import { simulatedDataset } from './dataset.ts';
import { randomOf } from './random.ts';
import { cardsOf, type SimulatedReport } from './reports.ts';

interface PlantedBias {
  readonly what: string;
  readonly report: SimulatedReport;
  readonly card: CardKind;
  /** What the card's sentence has to name. */
  readonly named: readonly string[];
  readonly sizes: Readonly<Record<Strength, number>>;
  readonly bias: (size: number) => Partial<Bias>;
}

export const PLANTED: readonly PlantedBias[] = [
  {
    what: 'background "wood", times its share of the target',
    report: 'SELECTION',
    card: 'TARGET_COVERAGE',
    named: ['background', 'wood'],
    sizes: { weak: 0.9, medium: 0.7, strong: 0.4 },
    bias: (underrepresentation) => ({ underrepresentation }),
  },
  {
    what: 'share of images without operator',
    report: 'SELECTION',
    card: 'MISSING_METADATA',
    named: ['operator'],
    sizes: { weak: 0.04, medium: 0.1, strong: 0.3 },
    bias: (missing) => ({ missing }),
  },
  {
    what: 'share of the variance of sharpness owed to the camera',
    report: 'MEASUREMENT',
    card: 'FACTOR_EFFECT',
    named: ['camera', 'sharpness'],
    sizes: { weak: 0.03, medium: 0.1, strong: 0.25 },
    bias: (effect) => ({ effect }),
  },
  {
    what: 'Cohen w of camera and label',
    report: 'ASSOCIATION',
    card: 'LABEL_ASSOCIATION',
    named: ['camera'],
    sizes: { weak: 0.05, medium: 0.2, strong: 0.5 },
    bias: (association) => ({ association }),
  },
  {
    what: 'standardized difference of "wood" among 10 % excluded',
    report: 'ATTRITION',
    card: 'EXCLUSION_PATTERN',
    named: ['background'],
    sizes: { weak: 0.05, medium: 0.2, strong: 0.5 },
    bias: (exclusion) => ({ exclusion, excluded: 0.1 }),
  },
  {
    what: 'units of test with an image in train: one, 1 %, 5 %',
    report: 'SPLIT',
    card: 'LEAKAGE',
    named: ['unit'],
    sizes: { weak: 1, medium: 0.01, strong: 0.05 },
    bias: (leak) => ({ leak }),
  },
];
export const STRENGTHS = ['weak', 'medium', 'strong'] as const;
export type Strength = (typeof STRENGTHS)[number];

/** Datasets with one bias put in, at one strength. */
export interface BiasedTask {
  /** Its place in `PLANTED`. */
  readonly planted: number;
  readonly strength: Strength;
  readonly units: number;
  readonly first: number;
  readonly datasets: number;
}

/** In how many datasets the card is red or amber and names what is wrong. */
export interface Found {
  readonly planted: number;
  readonly strength: Strength;
  readonly units: number;
  readonly datasets: number;
  readonly found: number;
  /** Red among these. */
  readonly red: number;
  readonly grey: number;
}

export function biased({ planted, strength, units, first, datasets }: BiasedTask): Found {
  const { bias, report, card, named, sizes } = PLANTED[planted]!;
  let [found, red, grey] = [0, 0, 0];
  for (let dataset = first; dataset < first + datasets; dataset += 1) {
    const name = `${card} ${strength} ${units} ${dataset}`;
    const made = simulatedDataset(randomOf(name), units, { ...NO_BIAS, ...bias(sizes[strength]) });
    const subjects = report === 'MEASUREMENT' ? made : { ...made, measures: [] };
    const shown = cardsOf(report, subjects, name).find(({ kind }) => kind === card)!;
    const alarm = shown.colour === 'RED' || shown.colour === 'AMBER';
    if (shown.colour === 'GREY') grey += 1;
    if (!alarm || !named.every((word) => shown.sentence.includes(word))) continue;
    found += 1;
    if (shown.colour === 'RED') red += 1;
  }
  return { planted, strength, units, datasets, found, red, grey };
}
