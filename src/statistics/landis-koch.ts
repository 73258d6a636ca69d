export const LANDIS_KOCH_WORDS = [
  'POOR',
  'SLIGHT',
  'FAIR',
  'MODERATE',
  'SUBSTANTIAL',
  'ALMOST_PERFECT',
] as const;
export type LandisKochWord = (typeof LANDIS_KOCH_WORDS)[number];

/**
 * The word for a κ: below 0 poor, to .20 slight, to .40 fair, to .60 moderate, to .80 substantial, then almost perfect. The
 * authors call their divisions arbitrary: it is printed, and never coloured. Null without a value. Landis & Koch 1977,
 * Biometrics 33:159.
 */
export function landisKoch(kappa: number | null): LandisKochWord | null {
  if (kappa === null) return null;
  if (kappa < 0) return 'POOR';
  const limits = [0.2, 0.4, 0.6, 0.8];
  const place = limits.findIndex((limit) => kappa <= limit);
  return LANDIS_KOCH_WORDS[place < 0 ? 5 : place + 1]!;
}
