/** What to read beside a low α: UNEQUAL_CLASSES where chance agreement is high because the classes are very unequal. */
export type AgreementNote = 'UNEQUAL_CLASSES';

/**
 * The paradox of high agreement and low κ: P_o ≥ .9 and α < .667. Look at AC1 and at the row of the rare class before calling
 * the annotators bad. Feinstein & Cicchetti 1990, J. Clinical Epidemiology 43:543.
 */
export function agreementParadox(observed: number | null, alpha: number | null): AgreementNote | null {
  return observed !== null && observed >= 0.9 && alpha !== null && alpha < 0.667 ? 'UNEQUAL_CLASSES' : null;
}
