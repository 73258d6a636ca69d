/** Two annotators who made the very same statement, to the last digit, on so many of the items both made one of. */
export interface IdenticalStatements {
  readonly first: number;
  readonly second: number;
  readonly sharedItems: number;
  readonly identical: number;
  /** The first of these items, at most twenty. */
  readonly examples: readonly number[];
}

/** One statement of a kind that two people never make alike by chance (a mask, a box, a number of many digits), coded by content. */
export interface CodedStatements {
  readonly itemOf: Int32Array;
  readonly annotatorOf: Int32Array;
  /** Equal codes: equal content. */
  readonly statementOf: Int32Array;
}

const MOST_EXAMPLES = 20;

/**
 * Pairs of annotators with identical statements on `fewest` items or more (3 unless told, a convention of this project): two names of
 * one person, a copy, or a rater that is the consensus or the reference, where those stand among the annotators. Statements that
 * everyone makes alike (an empty mask) are no evidence: leave them out. Most identical first; ties by code.
 */
export function identicalStatements(
  { itemOf, annotatorOf, statementOf }: CodedStatements,
  fewest = 3,
): IdenticalStatements[] {
  const order = Array.from(itemOf.keys()).sort(
    (a, b) =>
      itemOf[a]! - itemOf[b]! || annotatorOf[a]! - annotatorOf[b]! || statementOf[a]! - statementOf[b]!,
  );
  const pairs = new Map<
    string,
    { first: number; second: number; items: number; identical: number; examples: number[] }
  >();
  for (let from = 0, to = 0; from < order.length; from = to) {
    const item = itemOf[order[from]!]!;
    const saidBy = new Map<number, Set<number>>();
    for (; to < order.length && itemOf[order[to]!] === item; to += 1) {
      const annotator = annotatorOf[order[to]!]!;
      saidBy.set(annotator, (saidBy.get(annotator) ?? new Set()).add(statementOf[order[to]!]!));
    }
    const people = [...saidBy];
    people.forEach(([first, own], place) => {
      for (const [second, others] of people.slice(place + 1)) {
        const key = `${first} ${second}`;
        const pair = pairs.get(key) ?? { first, second, items: 0, identical: 0, examples: [] };
        pairs.set(key, pair);
        pair.items += 1;
        if (own.size !== others.size || [...own].some((statement) => !others.has(statement))) continue;
        pair.identical += 1;
        if (pair.examples.length < MOST_EXAMPLES) pair.examples.push(item);
      }
    });
  }
  return [...pairs.values()]
    .filter(({ identical }) => identical >= fewest)
    .map(({ items, ...pair }) => ({ ...pair, sharedItems: items }))
    .sort((a, b) => b.identical - a.identical || a.first - b.first || a.second - b.second);
}
