import { type ClassImbalance, classImbalance } from '../../statistics/class-imbalance.ts';
import { type Colour, colour, type Verdict } from '../../statistics/colour.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import type { BucketedTable } from '../../statistics/jackknife.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import type { BiasCounts, ClassUnitsRow } from '../bias-counts.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import { type Addend, bucketedTable } from '../variables/bucketed-table.ts';
import { shownCounts } from '../variables/level-selection.ts';

/** Units for a 95 % Wilson interval of ±10 points around a score of 90 % (specification §1). */
export const FEWEST_UNITS_OF_A_CLASS = 37;

export interface ClassCount {
  readonly label: string;
  readonly images: Estimate;
  readonly units: Estimate;
  /** Effective number of samples, Cui et al. 2019; null where the count is suppressed. */
  readonly effectiveSamples: number | null;
}

export interface ClassBalance {
  readonly classes: readonly ClassCount[];
  readonly byImages: ClassImbalance;
  readonly byUnits: ClassImbalance;
  readonly verdict: Verdict;
}

/** How evenly the classes stand, in images and in units. A class of fewer than 37 units is AMBER at least. */
export function classBalance(
  counts: BiasCounts,
  classUnits: readonly ClassUnitsRow[],
  personal: boolean,
  threshold: Threshold,
): ClassBalance {
  const { classes } = counts.labels;
  const place = new Map(classes.map((label, index) => [label, index]));
  const labelled = counts.presence.filter(({ label }) => label !== null);
  const imageCount = labelledImages(counts);
  const basis = { imageCount, unitCount: counts.labelledUnits };
  const addend = (bucket: number, label: string, amount: number): Addend => ({
    bucket,
    cell: place.get(label)!,
    amount,
  });
  const images = bucketedTable(
    classes.length,
    labelled.map(({ bucket, label, images }) => addend(bucket, label!, images)),
    basis,
  );
  const units = bucketedTable(
    classes.length,
    classUnits.map(({ bucket, label, units }) => addend(bucket, label, units)),
    basis,
  );
  const shown = shownClasses(counts, images.total, personal);
  const byImages = hideExtremes(classImbalance(images), shown);
  return {
    classes: classCounts(classes, { images, units }, shown, personal, byImages.effectiveSamples),
    byImages,
    byUnits: hideExtremes(
      classImbalance(units),
      hideSmallCounts(units.total, { ...basis, method: 'units' }, personal),
    ),
    verdict: judge(byImages.imbalanceRatio, images, units, threshold),
  };
}

/** Where every image has one class at most, the images without one are a count of the same margin. */
function shownClasses(counts: BiasCounts, images: readonly number[], personal: boolean): Estimate[] {
  const { imageCount, unitCount } = counts.population;
  if (counts.labels.mode === 'MULTIPLE')
    return hideSmallCounts(images, { imageCount, unitCount, method: 'images' }, personal);
  const without = imageCount - labelledImages(counts);
  const shown = shownCounts(images, { total: [without], buckets: [], imageCount, unitCount }, personal);
  return shown.levels.map(({ told }) => told);
}

/** Images that carry a label, or show one class at least. */
export function labelledImages({ labels, population }: BiasCounts): number {
  return population.imageCount - labels.unlabelledImages - labels.tiedImages;
}

function classCounts(
  classes: readonly string[],
  { images, units }: { images: BucketedTable; units: BucketedTable },
  shown: readonly Estimate[],
  personal: boolean,
  effectiveSamples: readonly number[],
): ClassCount[] {
  const basis = { imageCount: images.imageCount, unitCount: images.unitCount, method: 'units' };
  const shownUnits = hideSmallCounts(units.total, basis, personal);
  return classes.map((label, index) => ({
    label,
    images: hideWith(shownUnits[index]!, shown[index]!),
    units: hideWith(shown[index]!, shownUnits[index]!),
    effectiveSamples:
      shown[index]!.status === 'SUPPRESSED' || shownUnits[index]!.status === 'SUPPRESSED'
        ? null
        : effectiveSamples[index]!,
  }));
}

/** The figures that are the smallest count by another name. */
function hideExtremes(imbalance: ClassImbalance, shown: readonly Estimate[]): ClassImbalance {
  const hidden = shown.find(({ status }) => status === 'SUPPRESSED');
  if (hidden === undefined) return imbalance;
  return {
    ...imbalance,
    imbalanceRatio: hideWith(hidden, imbalance.imbalanceRatio),
    minorityShare: hideWith(hidden, imbalance.minorityShare),
  };
}

function judge(ratio: Estimate, images: BucketedTable, units: BucketedTable, threshold: Threshold): Verdict {
  const verdict = colour(ratio, threshold.bands);
  const thin = images.imageCount > 0 && hasThinClass(units.total);
  const mild: readonly Colour[] = ['GREEN', 'GREY'];
  if (!thin || !mild.includes(verdict.colour)) return verdict;
  return { colour: 'AMBER', certainty: 'CONFIRMED', unitsNeeded: verdict.unitsNeeded };
}

function hasThinClass(units: readonly number[]): boolean {
  return units.length > 1 && units.some((count) => count < FEWEST_UNITS_OF_A_CLASS);
}
