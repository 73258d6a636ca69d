import type { Estimate } from '../../statistics/estimate.ts';
import { imagesByUnit } from '../../statistics/images-by-unit.ts';
import type { Card } from '../cards/card.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import type { ReportInput } from '../report-input.ts';
import { type DividedSubjects, divideSubjects } from './divided-subjects.ts';
import { dividedFactors } from './divided-variables.ts';
import { type AdversarialValidation, adversarialValidation } from './split-adversarial.ts';
import { adversarialCard, balanceCard, onePartCards, testSizeCard } from './split-cards.ts';
import { type FoldBalance, foldBalance } from './split-folds.ts';
import { leakageCard } from './split-leakage-card.ts';
import { type SplitLeakage, splitLeakage } from './split-leaks.ts';
import { type SplitHoles, splitHoles, type VariableBalance, variableBalance } from './split-levels.ts';
import { splitPartBalance } from './split-part-balance.ts';
import type { RolesTakenBy } from './split-roles.ts';
import { type TestedClass, testedClasses } from './split-test-size.ts';

export interface PartSize {
  readonly part: string;
  readonly images: Estimate;
  readonly groups: Estimate;
}

export interface SplitReport {
  readonly cards: readonly Card[];
  /** The field whose groups may not stand in two parts. */
  readonly group: string;
  readonly external: boolean;
  /** Null: of folds, and where there is one part alone. */
  readonly trainPart: string | null;
  readonly validationPart: string | null;
  readonly testPart: string | null;
  readonly partsTakenBy: RolesTakenBy;
  /** In their order, at most 200. */
  readonly parts: readonly PartSize[];
  readonly leakage: SplitLeakage;
  /** Worst first, at most 200. */
  readonly balance: readonly VariableBalance[];
  readonly balanceCount: number;
  readonly holes: SplitHoles;
  /** Null: the parts are no folds. */
  readonly folds: FoldBalance | null;
  readonly adversarial: AdversarialValidation;
  /** The test part, then its classes by rising units, at most 200. */
  readonly testedClasses: readonly TestedClass[];
  readonly testedClassCount: number;
  readonly refusedFactors: readonly string[];
}

const LONGEST_LIST = 200;

/** Is the test set a fair and separate exam? (specification §5) */
export function splitReport(input: ReportInput): SplitReport {
  const { request } = input;
  const { personal } = request;
  const divided = divideSubjects(input);
  const { roles, subjects } = divided;
  const nameOf = (part: number | null) => (part === null ? null : roles.names[part]!);
  const factors = dividedFactors(divided);
  const leakage = splitLeakage(divided, input);
  const balanced = splitPartBalance(divided, factors, input);
  const balance = balanced.map((variable) => variableBalance(variable, divided, personal));
  const holes = splitHoles(balanced, personal);
  const adversarial = adversarialValidation(divided, factors, input);
  const tested = testedClasses(divided, personal);
  const others =
    roles.takenBy === 'NONE'
      ? onePartCards(divided, input)
      : [
          ...balanceCard(divided, balance, holes, input),
          ...adversarialCard(divided, adversarial, input),
          testSizeCard(divided, tested, input),
        ];
  return {
    cards: [leakageCard(divided, leakage, input), ...others],
    group: divided.group,
    external: request.external,
    trainPart: nameOf(roles.train),
    validationPart: nameOf(roles.validation),
    testPart: nameOf(roles.test),
    partsTakenBy: roles.takenBy,
    parts: partSizes(divided, personal).slice(0, LONGEST_LIST),
    leakage,
    balance: balance.slice(0, LONGEST_LIST),
    balanceCount: balance.length,
    holes,
    folds: roles.takenBy === 'FOLDS' ? foldBalance(divided) : null,
    adversarial,
    testedClasses: tested.slice(0, LONGEST_LIST),
    testedClassCount: tested.length,
    refusedFactors: subjects.factors.flatMap(({ name, variable }) => (variable === null ? [name] : [])),
  };
}

/**
 * Images and distinct groups of each part. The groups of the parts, added up, less the groups in all tell how many stand in two parts: where that count
 * may not be told, no part's groups are.
 */
function partSizes(
  { roles, clusters, parts, imagesOfPart, subjects }: DividedSubjects,
  personal: boolean,
): PartSize[] {
  const units = roles.names.map(() => 0);
  const last = new Int32Array(roles.names.length).fill(-1);
  const partsOfUnit = new Uint16Array(clusters.unitCount);
  for (const image of imagesByUnit(clusters)) {
    const [part, cluster] = [parts.codes[image]!, clusters.unitOf[image]!];
    if (last[part] !== cluster) {
      units[part]! += 1;
      partsOfUnit[cluster]! += 1;
    }
    last[part] = cluster;
  }
  const basis = { imageCount: subjects.imageCount, unitCount: clusters.unitCount };
  const images = hideSmallCounts(imagesOfPart, { ...basis, method: 'images' }, personal);
  const divided = partsOfUnit.reduce((count, of) => count + (of > 1 ? 1 : 0), 0);
  const apart = clusters.unitCount - divided;
  const [told] = hideSmallCounts([divided, apart], { ...basis, method: 'groups' }, personal);
  const groups = hideSmallCounts(units, { ...basis, method: 'groups' }, personal);
  return roles.names.map((part, place) => ({
    part,
    images: images[place]!,
    groups: hideWith(told!, groups[place]!),
  }));
}
