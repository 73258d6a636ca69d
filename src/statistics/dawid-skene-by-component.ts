import type { ClassRatings } from './class-ratings.ts';
import { type DawidSkene, type DawidSkeneOptions, dawidSkene } from './dawid-skene.ts';
import {
  type DawidSkeneFault,
  type DawidSkenePreconditions,
  dawidSkenePreconditions,
} from './dawid-skene-preconditions.ts';
import { type LabelSwitchRisk, labelSwitchRisks } from './label-switch-risks.ts';

/** One connected part of the ratings. Codes of `fit` and `risks` are places in these lists. */
export interface FittedComponent {
  readonly items: Int32Array;
  readonly annotators: Int32Array;
  /** The classes somebody used here. */
  readonly classes: Int32Array;
  /** Null: NOT_APPLICABLE, for the `faults` given; take the vote shares. */
  readonly fit: DawidSkene | null;
  readonly faults: readonly DawidSkeneFault[];
  readonly risks: readonly LabelSwitchRisk[];
}

export interface DawidSkeneByComponent {
  readonly preconditions: DawidSkenePreconditions;
  readonly components: readonly FittedComponent[];
}

/**
 * `dawidSkene` of each connected part of the ratings by itself, where its preconditions hold: between parts nothing says
 * that one's classes are the other's. `progress` counts the iterations of all parts; once false, the rest is CANCELLED at
 * its first iteration. Specification §6.2.
 */
export function dawidSkeneByComponent(
  ratings: ClassRatings,
  options: DawidSkeneOptions = {},
): DawidSkeneByComponent {
  const preconditions = dawidSkenePreconditions(ratings);
  let [done, isCancelled] = [0, false];
  const progress = () => {
    done += 1;
    isCancelled ||= options.progress?.(done) === false;
    return !isCancelled;
  };
  const components = partsOf(ratings, preconditions).map(({ part, ...codes }, index): FittedComponent => {
    const { faults } = preconditions.components[index]!;
    if (faults.length > 0) return { ...codes, fit: null, faults, risks: [] };
    const fit = dawidSkene(part, { ...options, progress });
    return { ...codes, fit, faults, risks: labelSwitchRisks(fit) };
  });
  return { preconditions, components };
}

function partsOf(ratings: ClassRatings, { componentOf, components }: DawidSkenePreconditions) {
  const ratingsOf = components.map((): number[] => []);
  ratings.itemOf.forEach((item, rating) => {
    ratingsOf[componentOf[item]!]!.push(rating);
  });
  const places = {
    items: new Int32Array(ratings.items),
    annotators: new Int32Array(ratings.annotators),
    classes: new Int32Array(ratings.classes),
  };
  return ratingsOf.map((own) => {
    const column = (codes: Int32Array) => Int32Array.from(own, (rating) => codes[rating]!);
    const columns = {
      items: column(ratings.itemOf),
      annotators: column(ratings.annotatorOf),
      classes: column(ratings.labelOf),
    };
    const [items, annotators, classes] = [
      numbered(columns.items, places.items),
      numbered(columns.annotators, places.annotators),
      numbered(columns.classes, places.classes),
    ];
    const { votes } = ratings;
    const part: ClassRatings = {
      items: items.length,
      annotators: annotators.length,
      classes: classes.length,
      itemOf: columns.items,
      annotatorOf: columns.annotators,
      labelOf: columns.classes,
      ...(votes === undefined ? {} : { votes: Float64Array.from(own, (rating) => votes[rating]!) }),
    };
    return { items, annotators, classes, part };
  });
}

/** Puts the place of each code among those present in the place of the code; gives those present, ascending. */
function numbered(codes: Int32Array, placeOf: Int32Array): Int32Array {
  const present = Int32Array.from(new Set(codes)).sort();
  present.forEach((code, place) => {
    placeOf[code] = place;
  });
  for (let at = 0; at < codes.length; at += 1) codes[at] = placeOf[codes[at]!]!;
  return present;
}
