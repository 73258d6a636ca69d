import { cramersV } from '../../statistics/cramers-v.ts';
import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import { independenceDesignEffect } from '../../statistics/independence-design-effect.ts';
import { littleMcar } from '../../statistics/little-mcar.ts';
import { estimateText } from '../cards/estimate-text.ts';
import { hideWith } from '../cards/hide-small-counts.ts';
import type { Subjects } from '../subjects/subjects.ts';
import type { DependenceKind, MissingField, TestedDependence } from './missing-fields.ts';
import { recordedNumbers } from './selection-numeric.ts';

/** The absence of a field goes with another field, or the label. */
export interface MissingDependence {
  readonly field: string;
  readonly kind: DependenceKind;
  /** The other field, `label`, or a class. */
  readonly on: string;
  /** Bias-corrected V, at a level that allows for the choice of what is listed. */
  readonly association: Estimate;
  readonly sentence: string;
}

const LARGEST_Q = 0.05;
const LONGEST_LIST = 100;

/**
 * The dependences with q ≤ .05, strongest first, at most 100. Their intervals are at level 1 − .05·(listed/tested), so that
 * of the intervals shown 5 % miss (Benjamini & Yekutieli 2005, JASA 100:71).
 */
export function listedDependences(
  tested: readonly TestedDependence[],
  fields: readonly MissingField[],
): { dependences: MissingDependence[]; dependenceCount: number } {
  const counted = tested.filter(({ association }) => association.p !== null);
  const found = counted.filter(({ association }) => association.q !== null && association.q <= LARGEST_Q);
  const level = 1 - LARGEST_Q * (found.length / Math.max(1, counted.length));
  const imagesOf = new Map(fields.map(({ name, images }) => [name, images]));
  const dependences = found
    .toSorted((a, b) => (b.association.value ?? 0) - (a.association.value ?? 0))
    .slice(0, LONGEST_LIST)
    .map(({ field, kind, on, table, association: { p, q } }): MissingDependence => {
      const widened = {
        ...cramersV(table, { p, level, designEffect: independenceDesignEffect(table) }).corrected,
        q,
      };
      const association = hideWith(imagesOf.get(field)!, widened);
      return { field, kind, on, association, sentence: sentenceOf(field, kind, on, association) };
    });
  return { dependences, dependenceCount: found.length };
}

function sentenceOf(field: string, kind: DependenceKind, on: string, association: Estimate): string {
  const what = kind === 'CLASS' ? `the class "${on}"` : kind === 'LABEL' ? 'the label' : on;
  const size = association.value === null ? '' : ` (V ${estimateText(association)})`;
  return `Whether ${field} is missing depends on ${what}${size}.`;
}

/** Little's test over the numeric factors: shown, and never coloured. */
export interface LittleTest {
  readonly factors: readonly string[];
  readonly test: Estimate;
  readonly degreesOfFreedom: number;
  readonly patternCount: number;
}

export function littleTest(subjects: Subjects): LittleTest {
  const columns = recordedNumbers(subjects);
  const factors = columns.map(({ name }) => name);
  const { imageCount, units } = subjects;
  if (columns.length < 2) {
    const basis = { imageCount, unitCount: units.unitCount, method: 'Little’s MCAR test, d²' };
    const test = notEstimable('NOT_APPLICABLE', 'FEWER_THAN_TWO_NUMERIC_FACTORS', basis);
    return { factors, test, degreesOfFreedom: 0, patternCount: 0 };
  }
  return {
    factors,
    ...littleMcar(
      columns.map(({ numbers }) => numbers),
      units.unitCount,
    ),
  };
}
