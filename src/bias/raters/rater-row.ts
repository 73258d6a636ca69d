import type { Estimate } from '../../statistics/estimate.ts';
import type { SelfConsistency } from '../../statistics/self-consistency.ts';

export interface RaterClassShift {
  readonly label: string;
  /** log2 of the rater's use of the class over the others'. */
  readonly shift: Estimate;
}

export interface RaterFactor {
  readonly factor: string;
  /** Bias-corrected V of "agrees with the majority of the others" and the factor; q over raters. */
  readonly association: Estimate;
  /** The level with the largest share of disagreement among those with 30 items; null: none has. */
  readonly worstLevel: string | null;
}

/** P(says | is true): a row a true class, classes in the same order down and across. */
export interface RaterConfusion {
  readonly classes: readonly string[];
  readonly shares: readonly (readonly number[])[];
}

export interface RaterRow {
  readonly rater: string;
  /** Items that somebody else rated too. */
  readonly items: Estimate;
  /** Total variation of the use of classes from the others' on the same items; p, q of Bhapkar's test. */
  readonly shift: Estimate;
  readonly jensenShannon: Estimate;
  /** Largest first, at most 20. */
  readonly classes: readonly RaterClassShift[];
  /** With the declared order of classes: places above the others' mean. */
  readonly severity: Estimate;
  /** By Dawid and Skene's model. */
  readonly accuracy: Estimate;
  readonly information: Estimate;
  /** By that model; null: it does not apply, or knows more than 30 classes. */
  readonly confusion: RaterConfusion | null;
  readonly drift: Estimate;
  readonly fatigue: Estimate;
  readonly speed: Estimate;
  readonly selfConsistency: SelfConsistency;
  readonly factors: readonly RaterFactor[];
}
