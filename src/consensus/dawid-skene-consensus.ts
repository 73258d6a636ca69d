import { compareText } from '../kernel/compare-text.ts';
import type { Decimal } from '../kernel/decimal.ts';
import { annotatorAccuracy } from '../statistics/annotator-accuracy.ts';
import { annotatorInformation } from '../statistics/annotator-information.ts';
import type { ClassRatings } from '../statistics/class-ratings.ts';
import type { DawidSkene } from '../statistics/dawid-skene.ts';
import { dawidSkeneByComponent, type FittedComponent } from '../statistics/dawid-skene-by-component.ts';
import { type ClassItem, countVotes, softLabel, voteShareItem } from './class-consensus.ts';
import type { ConsensusParameters } from './consensus-request.ts';
import { classRatings, type ImageRatings } from './image-ratings.ts';
import { decimalText } from './share-text.ts';

/** One connected part of the ratings, and what the model says of it. */
export interface FitSummary {
  readonly images: number;
  readonly status: 'CONVERGED' | 'NOT_CONVERGED' | 'NOT_APPLICABLE';
  readonly iterations: number;
  /** Why the model does not apply, and vote shares stand in its place. */
  readonly faults: readonly string[];
  readonly classPrior: readonly { readonly label: string; readonly share: Decimal }[];
  readonly annotators: readonly AnnotatorFit[];
  /** Sentences on what makes it doubtful that the model's classes are those of the same name. */
  readonly labelSwitchRisks: readonly string[];
}

export interface AnnotatorFit {
  readonly annotator: string;
  /** Σ p_c π_cc, in [0, 1]. */
  readonly accuracy: Decimal | null;
  /** I(true; said)/H(true), in [0, 1]. */
  readonly information: Decimal | null;
  /** P(says | is true), row by row of true class in the order of `classPrior`; empty for more than 30 classes. */
  readonly confusion: readonly (readonly Decimal[])[];
}

const MOST_CLASSES_SHOWN = 30;

/** Null where `progress` said to stop. */
export function dawidSkeneConsensus(
  images: readonly ImageRatings[],
  classCount: number,
  parameters: Pick<ConsensusParameters, 'prior' | 'tolerance' | 'mostIterations'>,
  progress: (iteration: number) => boolean,
): { items: ClassItem[]; fits: FitSummary[] } | null {
  const { ratings, rated, annotators, labels } = columnsOf(images);
  let isCancelled = false;
  const { components } = dawidSkeneByComponent(ratings, {
    ...(parameters.prior === null ? {} : { prior: Number(parameters.prior) }),
    tolerance: Number(parameters.tolerance),
    mostIterations: parameters.mostIterations,
    progress: (iteration) => {
      isCancelled ||= !progress(iteration);
      return !isCancelled;
    },
  });
  if (isCancelled) return null;
  const softOf = new Map<number, { component: FittedComponent; place: number }>();
  for (const component of components)
    if (component.fit !== null)
      component.items.forEach((item, place) => {
        softOf.set(item, { component, place });
      });
  const items = images.flatMap((image): ClassItem[] => {
    const share = voteShareItem(image, classCount);
    const item = rated.get(image.imageId);
    const fitted = item === undefined ? undefined : softOf.get(item);
    if (fitted === undefined) return share === null ? [] : [share];
    return [fittedItem(image, fitted.component, fitted.place, labels)];
  });
  return { items, fits: components.map((component) => fitSummary(component, annotators, labels)) };
}

/** Ratings of known people as columns: images, annotators and classes coded in the order of their ids and names. */
function columnsOf(images: readonly ImageRatings[]) {
  const said = images.map((image) => ({
    imageId: image.imageId,
    ratings: classRatings(image, 'ALL').filter(({ isGroup }) => !isGroup),
  }));
  const held = said.filter(({ ratings }) => ratings.length > 0);
  const all = held.flatMap(({ ratings }, item) => ratings.map((rating) => ({ item, ...rating })));
  const annotators = [...new Set(all.map(({ annotator }) => annotator))].sort(compareText);
  const labels = [...new Set(all.map(({ label }) => label!))].sort(compareText);
  const [placeOfAnnotator, placeOfLabel] = [annotators, labels].map(
    (names) => new Map(names.map((name, index) => [name, index])),
  ) as [Map<string, number>, Map<string, number>];
  const ratings: ClassRatings = {
    items: held.length,
    annotators: annotators.length,
    classes: labels.length,
    itemOf: Int32Array.from(all, ({ item }) => item),
    annotatorOf: Int32Array.from(all, ({ annotator }) => placeOfAnnotator.get(annotator)!),
    labelOf: Int32Array.from(all, ({ label }) => placeOfLabel.get(label!)!),
  };
  return { ratings, annotators, labels, rated: new Map(held.map(({ imageId }, item) => [imageId, item])) };
}

function fittedItem(
  image: ImageRatings,
  { classes, fit }: FittedComponent,
  place: number,
  labels: readonly string[],
): ClassItem {
  const K = classes.length;
  const shares = Array.from(classes, (code, c) => ({
    label: labels[code]!,
    share: fit!.softLabels[place * K + c]!,
  }));
  const most = Math.max(...shares.map(({ share }) => share));
  const ties = shares.filter(({ share }) => share === most).map(({ label }) => label);
  const ratings = classRatings(image, 'ALL').filter(({ isGroup }) => !isGroup);
  const entropy = shares.reduce((sum, { share }) => sum - (share > 0 ? share * Math.log(share) : 0), 0);
  return {
    image: image.imageId,
    method: 'DAWID_SKENE',
    ...softLabel(
      shares,
      ties,
      ratings.length < 2 || K < 2 ? null : Math.min(1, Math.max(0, entropy / Math.log(K))),
    ),
    votes: countVotes(ratings),
  };
}

function fitSummary(
  { items, annotators: own, classes, fit, faults, risks }: FittedComponent,
  annotators: readonly string[],
  labels: readonly string[],
): FitSummary {
  if (fit === null) return notFitted(items.length, ...faults);
  const K = classes.length;
  return {
    images: items.length,
    status: fit.status === 'CONVERGED' ? 'CONVERGED' : 'NOT_CONVERGED',
    iterations: fit.iterations,
    faults: [],
    classPrior: Array.from(classes, (code, c) => ({
      label: labels[code]!,
      share: decimalText(fit.classPrior[c]!),
    })),
    annotators: Array.from(own, (code, place) => annotatorFit(fit, annotators[code]!, place, K)),
    labelSwitchRisks: risks.map((risk) =>
      risk.kind === 'ANNOTATOR_BELOW_CHANCE'
        ? `"${annotators[own[risk.annotator]!]}" says the true class less often than chance would (${risk.meanDiagonal.toFixed(3)} on average of the classes): inverted labels, or the model's classes are switched.`
        : `The model gives "${labels[classes[risk.label]!]}" ${risk.items.toFixed(2)} images in all: it may stand for another class.`,
    ),
  };
}

/** That the model does not apply to so many images, and why. */
export function notFitted(images: number, ...faults: string[]): FitSummary {
  return {
    images,
    status: 'NOT_APPLICABLE',
    iterations: 0,
    faults,
    classPrior: [],
    annotators: [],
    labelSwitchRisks: [],
  };
}

function annotatorFit(
  { classPrior, confusion }: DawidSkene,
  annotator: string,
  place: number,
  K: number,
): AnnotatorFit {
  const own = confusion.subarray(place * K * K, (place + 1) * K * K);
  const [accuracy, information] = [annotatorAccuracy(classPrior, own), annotatorInformation(classPrior, own)];
  const rows = K > MOST_CLASSES_SHOWN ? 0 : K;
  return {
    annotator,
    accuracy: accuracy.value === null ? null : decimalText(accuracy.value),
    information: information.value === null ? null : decimalText(information.value),
    confusion: Array.from({ length: rows }, (_, c) =>
      Array.from(own.subarray(c * K, (c + 1) * K), (value) => decimalText(value)),
    ),
  };
}
