/** How many units to add; null with a reason where no number does. */
export interface UnitsIntoBand {
  readonly ofStratum: number | null;
  readonly ofOthers: number | null;
  readonly reason: string | null;
}

/**
 * How many more units bring a stratum's representation ratio, u/(U·π) in units, into [lower, upper]. Below: the fewest x
 * of the stratum with (u + x)/((U + x)·π) ≥ lower, x = (lower·πU − u)/(1 − lower·π). Above: the fewest y of other strata
 * with u/((U + y)·π) ≤ upper. Where few units are had, one more may be one too many, and both are needed. Within: 0 and 0.
 * A share of 0: OUT_OF_TARGET, for no number of units is right; lower·π ≥ 1: NOT_REACHABLE.
 */
export function unitsIntoBand(
  units: number,
  allUnits: number,
  share: number,
  band: { readonly lower: number; readonly upper: number },
): UnitsIntoBand {
  if (!(share > 0)) return { ofStratum: null, ofOthers: null, reason: 'OUT_OF_TARGET' };
  if (band.lower * share >= 1) return { ofStratum: null, ofOthers: null, reason: 'NOT_REACHABLE' };
  const [least, most] = [band.lower * share, band.upper * share];
  let [ofStratum, ofOthers] = [allUnits === 0 ? 1 : 0, 0];
  for (;;) {
    const [had, of] = [units + ofStratum, allUnits + ofStratum + ofOthers];
    const missing = wholeUnits((least * of - had) / (1 - least));
    const others = wholeUnits(had / most - of);
    if (missing === 0 && others === 0) return { ofStratum, ofOthers, reason: null };
    ofStratum += missing;
    ofOthers += others;
  }
}

/** Rounded up; what rounding alone puts above a whole number is not one more unit. */
function wholeUnits(needed: number): number {
  return Math.max(0, Math.ceil(needed - 1e-9 * Math.max(1, Math.abs(needed))));
}
