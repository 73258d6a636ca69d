import type { Verdict } from '../../statistics/colour.ts';
import { type Estimate, estimate, notEstimable } from '../../statistics/estimate.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import { type ImageSelection, isIn, keptWhere } from '../images/image-selection.ts';
import type { DeclaredPair } from '../report-input.ts';
import type { DividedSubjects } from './divided-subjects.ts';
import { type TestShare, testShare } from './split-counts.ts';
import { leakVerdict, populationOf } from './split-leakage.ts';
import { isTwinInTrain, type PlacedPair, placePairs } from './split-pairs.ts';

export interface JudgedDuplicates extends TestShare {
  readonly judgement: DeclaredPair['judgement'];
  /** Pairs of the split, and those of them in two parts. */
  readonly pairs: Estimate;
  readonly acrossParts: Estimate;
  readonly verdict: Verdict;
}

export interface ListedDeclaredPair extends DeclaredPair {
  readonly firstPart: string;
  readonly secondPart: string;
  readonly selection: ImageSelection;
}

/** Of all judgements together; `verdict` null: nobody has declared any pair of the split. */
export interface DeclaredDuplicates extends TestShare {
  readonly judgements: readonly JudgedDuplicates[];
  /** Test images that a set without copies would lack: those linked to train, and all but one of each group in test. */
  readonly redundant: TestShare;
  /** Pairs with a test image, and how many there are of them for each test image: the count that is published of CIFAR. */
  readonly testPairs: Estimate;
  readonly pairsPerTestImage: Estimate;
  /** The first 50 across parts; of a personal dataset none. */
  readonly pairs: readonly ListedDeclaredPair[];
  readonly verdict: Verdict | null;
}

const LONGEST_LIST = 50;
const JUDGEMENTS = ['EXACT', 'NEAR', 'SIMILAR'] as const;

/** Copies that somebody declared, in two parts: EXACT ones are a fault, others a doubt (specification §5.1). */
export function declaredDuplicates(
  divided: DividedSubjects,
  declared: readonly DeclaredPair[],
  personal: boolean,
): { readonly declared: DeclaredDuplicates; readonly leaked: Uint8Array } {
  const { parts } = divided;
  const placed = placePairs(declared, divided);
  const across = placed.filter(({ first, second }) => parts.codes[first] !== parts.codes[second]);
  const judgements = JUDGEMENTS.flatMap((judgement) => {
    const of = placed.filter(({ pair }) => pair.judgement === judgement);
    return of.length === 0 ? [] : [judged(judgement, of, divided, personal)];
  });
  const leaked = twinsInTrain(across, divided);
  const share = (flags: Uint8Array, what: string) =>
    testShare(flags, divided, `share of test images ${what}`, personal);
  const isExact = judgements.some(({ verdict }) => verdict.colour === 'RED');
  const result: DeclaredDuplicates = {
    judgements,
    ...share(leaked, 'with a declared copy in train'),
    redundant: share(redundantImages(placed, divided), 'that are copies of others'),
    ...pairsOfTest(placed, divided, personal),
    pairs: personal ? [] : listed(across, divided),
    verdict:
      placed.length === 0 ? null : leakVerdict(across.length, isExact ? 'RED' : 'AMBER', true, divided),
  };
  return { declared: result, leaked };
}

function judged(
  judgement: DeclaredPair['judgement'],
  placed: readonly PlacedPair<DeclaredPair>[],
  divided: DividedSubjects,
  personal: boolean,
): JudgedDuplicates {
  const { codes } = divided.parts;
  const across = placed.filter(({ first, second }) => codes[first] !== codes[second]);
  const basis = populationOf(divided, 'pairs');
  const [pairs] = hideSmallCounts([placed.length], basis, personal);
  const [acrossParts] = hideSmallCounts([across.length, placed.length - across.length], basis, personal);
  const method = `share of test images with a copy in train that is declared ${judgement}`;
  return {
    judgement,
    pairs: pairs!,
    acrossParts: acrossParts!,
    ...testShare(twinsInTrain(across, divided), divided, method, personal),
    verdict: leakVerdict(across.length, judgement === 'EXACT' ? 'RED' : 'AMBER', true, divided),
  };
}

function pairsOfTest(
  placed: readonly PlacedPair<DeclaredPair>[],
  divided: DividedSubjects,
  personal: boolean,
): Pick<DeclaredDuplicates, 'testPairs' | 'pairsPerTestImage'> {
  const { parts, roles, imagesOfPart, subjects } = divided;
  const isTest = (image: number) => roles.takenBy === 'FOLDS' || parts.codes[image] === roles.test;
  const pairs = placed.filter(({ first, second }) => isTest(first) || isTest(second)).length;
  const testImages = roles.test === null ? subjects.imageCount : imagesOfPart[roles.test]!;
  const basis = populationOf(divided, 'pairs with a test image');
  const [testPairs] = hideSmallCounts([pairs], basis, personal);
  const rate = { ...basis, method: 'pairs with a test image, for each test image' };
  const perImage =
    testImages === 0
      ? notEstimable('EMPTY', 'EMPTY_TEST', rate)
      : estimate({ ...rate, value: pairs / testImages });
  return { testPairs: testPairs!, pairsPerTestImage: hideWith(testPairs!, perImage) };
}

function twinsInTrain(across: readonly PlacedPair<DeclaredPair>[], divided: DividedSubjects): Uint8Array {
  const leaked = new Uint8Array(divided.subjects.imageCount);
  for (const { first, second } of across) {
    if (isTwinInTrain(first, second, divided)) leaked[first] = 1;
    if (isTwinInTrain(second, first, divided)) leaked[second] = 1;
  }
  return leaked;
}

/** Pairs chain up to groups: test images are redundant in one that train has a part in, else all but the first. */
function redundantImages(placed: readonly PlacedPair<DeclaredPair>[], divided: DividedSubjects): Uint8Array {
  const { parts, roles } = divided;
  const redundant = new Uint8Array(divided.subjects.imageCount);
  const isTest = (image: number) => roles.takenBy === 'FOLDS' || parts.codes[image] === roles.test;
  for (const group of linkedGroups(placed)) {
    const test = group.filter(isTest);
    const isTaught = group.some((image) => parts.codes[image] === roles.train);
    for (const image of isTaught ? test : test.slice(1)) redundant[image] = 1;
  }
  return redundant;
}

/** The images that pairs link, directly or by others, each group in the order of its images. */
function linkedGroups(placed: readonly PlacedPair<object>[]): number[][] {
  const neighbours = new Map<number, number[]>();
  const link = (one: number, other: number) => {
    const own = neighbours.get(one);
    if (own === undefined) neighbours.set(one, [other]);
    else own.push(other);
  };
  for (const { first, second } of placed) {
    link(first, second);
    link(second, first);
  }
  const seen = new Set<number>();
  return [...neighbours.keys()].flatMap((start) => {
    if (seen.has(start)) return [];
    const group = [start];
    seen.add(start);
    for (const image of group)
      for (const other of neighbours.get(image)!) {
        if (seen.has(other)) continue;
        seen.add(other);
        group.push(other);
      }
    return [group.sort((a, b) => a - b)];
  });
}

function listed(
  across: readonly PlacedPair<DeclaredPair>[],
  { parts, roles }: DividedSubjects,
): ListedDeclaredPair[] {
  const nameOf = (image: number) => roles.names[parts.codes[image]!]!;
  return across.slice(0, LONGEST_LIST).map(({ pair, first, second }) => ({
    ...pair,
    firstPart: nameOf(first),
    secondPart: nameOf(second),
    selection: keptWhere(isIn('image', pair.first, pair.second)),
  }));
}
