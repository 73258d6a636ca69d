import { type Figure, figure, noFigure } from './figure.ts';

/**
 * I(true; said)/H(true), I = Σ p_c π_cl ln(π_cl/Σ_c p_c π_cl), from the class prior and the confusion row by row of true
 * class: the share of the uncertainty that one rating takes away. Range [0, 1]: 0 is useless (a spammer), 1 tells all,
 * be it by always saying the wrong class: such votes inform and stay. One class only: UNDEFINED. Shannon 1948;
 * specification §6.2.
 */
export function annotatorInformation(classPrior: ArrayLike<number>, confusion: ArrayLike<number>): Figure {
  const classes = classPrior.length;
  const said = new Float64Array(classes);
  let entropy = 0;
  for (let c = 0; c < classes; c += 1) {
    const share = classPrior[c]!;
    if (share > 0) entropy -= share * Math.log(share);
    for (let l = 0; l < classes; l += 1) said[l]! += share * confusion[c * classes + l]!;
  }
  if (!(entropy > 1e-12)) return noFigure('UNDEFINED', 'NO_VARIATION');
  let information = 0;
  for (let c = 0; c < classes; c += 1)
    for (let l = 0; l < classes; l += 1) {
      const given = confusion[c * classes + l]!;
      const joint = classPrior[c]! * given;
      if (joint > 0) information += joint * Math.log(given / said[l]!);
    }
  return figure(Math.min(1, Math.max(0, information / entropy)));
}
