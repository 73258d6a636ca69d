/** IN: one of the values. NOT_IN: known, and none of them. MISSING: unknown. RANGE: a number in [from, below). */
export type Condition =
  | { readonly kind: 'IN' | 'NOT_IN'; readonly field: string; readonly values: readonly string[] }
  | { readonly kind: 'MISSING'; readonly field: string }
  | {
      readonly kind: 'RANGE';
      readonly field: string;
      readonly from: number | null;
      readonly below: number | null;
    };

/**
 * The images that a finding speaks of, as what they have in common: every condition holds. Fields are factors, `unit`,
 * `label` (a class that no other outvotes), `part`, `digest`, `image` (an id), `reason` and `stage` of the exclusion.
 */
export interface ImageSelection {
  readonly where: readonly Condition[];
  /** KEPT: images that are not excluded; EXCLUDED: those that are; ALL: both. */
  readonly among: 'KEPT' | 'EXCLUDED' | 'ALL';
}

/** The kept images for which all of this holds. */
export function keptWhere(...where: readonly Condition[]): ImageSelection {
  return { where, among: 'KEPT' };
}

export function isIn(field: string, ...values: readonly string[]): Condition {
  return { kind: 'IN', field, values };
}
