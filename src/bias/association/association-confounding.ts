import { type ConfoundingFinding, confoundingFindings } from '../../statistics/confounding-findings.ts';
import type { ConfoundingSearch, ConfoundingTriple } from '../../statistics/confounding-search.ts';
import { type Estimate, estimate, notEstimable } from '../../statistics/estimate.ts';
import type { ConfoundedFactors } from '../../statistics/factor-confounding.ts';
import { hideWith, smallCells } from '../cards/hide-small-counts.ts';
import { type ImageSelection, isIn } from '../images/image-selection.ts';
import { type AssociationColumns, imagesWhere } from './association-columns.ts';

export type ConfoundingKind = 'REVERSAL' | 'EXPLAINED' | 'MASKED' | 'HETEROGENEOUS';

/** What a value seems to do to a class, and what is left of it once another factor, the stratifier, is held fixed. */
export interface FoundConfounding {
  readonly finding: ConfoundingKind;
  /** Whether the strata disagree, whatever else was found. */
  readonly isHeterogeneous: boolean;
  readonly factor: string;
  readonly level: string;
  readonly label: string;
  readonly stratifier: string;
  /** Risk difference over all images. */
  readonly crude: Estimate;
  /** The same within the strata, weighted by their images. */
  readonly standardized: Estimate;
  readonly coverage: Estimate;
  readonly oddsRatio: Estimate;
  /** Breslow–Day: X² with its p and q. */
  readonly heterogeneity: Estimate;
  readonly selection: ImageSelection | null;
}

/** Two factors that go together: what one is blamed for, the other may have done. */
export interface TiedFactors {
  readonly first: string;
  readonly second: string;
  /** Bias-corrected V. */
  readonly association: Estimate;
  /** The levels that meet most beyond chance; null where none does. */
  readonly firstLevel: string | null;
  readonly secondLevel: string | null;
  readonly selection: ImageSelection | null;
}

export function foundConfounding(
  columns: AssociationColumns,
  triples: readonly ConfoundingTriple[],
  q: readonly (number | null)[],
): FoundConfounding[] {
  return confoundingFindings(triples, q).map((finding) => shown(columns, finding));
}

function shown(columns: AssociationColumns, finding: ConfoundingFinding): FoundConfounding {
  const { attributes, classNames, personal } = columns;
  const attribute = attributes[finding.factor]!;
  const label = classNames[finding.label]!;
  const { imageCount, unitCount } = finding.crude;
  const basis = { imageCount, unitCount, method: 'images' };
  const hides = personal && smallCells(finding.counts, 2).size > 0;
  const count = hides ? notEstimable('SUPPRESSED', 'SMALL_COUNT', basis) : estimate({ ...basis, value: 0 });
  const { chiSquare, p } = finding.heterogeneity;
  const method = 'Breslow–Day test with Tarone’s correction';
  return {
    finding: finding.verdict ?? 'HETEROGENEOUS',
    isHeterogeneous: finding.isHeterogeneous,
    factor: attribute.name,
    level: attribute.levels[finding.value]!,
    label,
    stratifier: attributes[finding.stratifier]!.name,
    crude: hideWith(count, finding.crude),
    standardized: hideWith(count, finding.standardized),
    coverage: hideWith(count, finding.coverage),
    oddsRatio: hideWith(count, finding.oddsRatio),
    heterogeneity: hideWith(count, estimate({ ...basis, ...chiSquare, p, q: finding.q, method })),
    selection: imagesWhere(columns, attribute.conditions[finding.value]!, isIn('label', label)),
  };
}

/** Strongest first. */
export function tiedFactors(columns: AssociationColumns, { ties }: ConfoundingSearch): TiedFactors[] {
  const strength = ({ association }: ConfoundedFactors) => association.value ?? -1;
  return ties
    .toSorted((a, b) => strength(b) - strength(a))
    .map(({ first, second, association, dominating }) => {
      const [one, other] = [columns.attributes[first]!, columns.attributes[second]!];
      return {
        first: one.name,
        second: other.name,
        association,
        firstLevel: dominating && one.levels[dominating.row]!,
        secondLevel: dominating && other.levels[dominating.column]!,
        selection:
          dominating &&
          imagesWhere(columns, one.conditions[dominating.row]!, other.conditions[dominating.column]!),
      };
    });
}
