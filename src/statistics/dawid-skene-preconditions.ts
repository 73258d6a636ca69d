import type { ClassRatings } from './class-ratings.ts';
import { ratingsByItem } from './ratings-by-item.ts';

export type DawidSkeneFault =
  | 'FEWER_THAN_3_ANNOTATORS'
  | 'FEWER_THAN_2_RATINGS_AN_ITEM'
  | 'CLASS_OF_ONE_ANNOTATOR'
  | 'NOT_CONNECTED';

export interface DawidSkeneComponent {
  readonly items: number;
  readonly annotators: number;
  /** Annotators of an item, on average; repeats of one person count once. */
  readonly meanAnnotators: number;
  /** Classes that one annotator alone used, or none. */
  readonly classesOfOne: readonly number[];
  /** Empty: the model may be fitted to this component. */
  readonly faults: readonly Exclude<DawidSkeneFault, 'NOT_CONNECTED'>[];
}

export interface DawidSkenePreconditions {
  /** Those of all ratings together; empty: one fit serves all. */
  readonly faults: readonly DawidSkeneFault[];
  /** In the order of their first items; without items that have no rating. */
  readonly components: readonly DawidSkeneComponent[];
  /** The component of each item, −1 for one without rating. */
  readonly componentOf: Int32Array;
}

/**
 * Whether Dawid and Skene's model can be told from the ratings (specification §6.2): 3 annotators, 2 of them an item on
 * average, every class used by 2, and annotators and items in one connected graph (else each component by itself, for
 * nothing ties their classes together). In a component, classes nobody there used are no fault.
 */
export function dawidSkenePreconditions(ratings: ClassRatings): DawidSkenePreconditions {
  const { starts, annotatorOf, labelOf } = ratingsByItem(ratings);
  const { componentOf, count } = components(ratings);
  const { annotators, classes } = ratings;
  const tallies = Array.from({ length: count }, () => newTally(classes));
  const seen = new Uint8Array(annotators);
  const used = new Uint8Array(annotators * classes);
  componentOf.forEach((component, item) => {
    if (component < 0) return;
    const tally = tallies[component]!;
    tally.items += 1;
    let before = -1;
    for (let place = starts[item]!; place < starts[item + 1]!; place += 1) {
      const [annotator, label] = [annotatorOf[place]!, labelOf[place]!];
      if (annotator !== before) tally.pairs += 1;
      before = annotator;
      if (seen[annotator] === 0) tally.annotators += 1;
      seen[annotator] = 1;
      if (used[annotator * classes + label] === 0) tally.users[label]! += 1;
      used[annotator * classes + label] = 1;
    }
  });
  const whole = newTally(classes);
  for (const { items, annotators: people, pairs, users } of tallies) {
    whole.items += items;
    whole.annotators += people;
    whole.pairs += pairs;
    for (let label = 0; label < classes; label += 1) whole.users[label]! += users[label]!;
  }
  const { faults } = judged(whole, 0);
  return {
    faults: count > 1 ? [...faults, 'NOT_CONNECTED'] : faults,
    components: tallies.map((tally) => judged(tally, 1)),
    componentOf,
  };
}

/** `users`: of each class, how many annotators said it. */
interface Tally {
  items: number;
  annotators: number;
  pairs: number;
  readonly users: Int32Array;
}

function newTally(classes: number): Tally {
  return { items: 0, annotators: 0, pairs: 0, users: new Int32Array(classes) };
}

function judged({ items, annotators, pairs, users }: Tally, leastUsers: number): DawidSkeneComponent {
  const classesOfOne = [...users.keys()].filter((label) => users[label]! < 2 && users[label]! >= leastUsers);
  const meanAnnotators = items > 0 ? pairs / items : 0;
  const faults: DawidSkeneComponent['faults'][number][] = [];
  if (annotators < 3) faults.push('FEWER_THAN_3_ANNOTATORS');
  if (meanAnnotators < 2) faults.push('FEWER_THAN_2_RATINGS_AN_ITEM');
  if (classesOfOne.length > 0) faults.push('CLASS_OF_ONE_ANNOTATOR');
  return { items, annotators, meanAnnotators, classesOfOne, faults };
}

/** Union–find over items and annotators; components numbered by their first items. */
function components({ items, annotators, itemOf, annotatorOf }: ClassRatings) {
  const parent = Int32Array.from({ length: items + annotators }, (_, node) => node);
  const root = (node: number) => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  const rated = new Uint8Array(items);
  for (let rating = 0; rating < itemOf.length; rating += 1) {
    rated[itemOf[rating]!] = 1;
    const [a, b] = [root(itemOf[rating]!), root(items + annotatorOf[rating]!)];
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  const numberOf = new Int32Array(items + annotators).fill(-1);
  let count = 0;
  const componentOf = new Int32Array(items).fill(-1);
  for (let item = 0; item < items; item += 1) {
    if (rated[item] === 0) continue;
    const own = root(item);
    if (numberOf[own] === -1) {
      numberOf[own] = count;
      count += 1;
    }
    componentOf[item] = numberOf[own]!;
  }
  return { componentOf, count };
}
