import type { Bands } from './colour.ts';

/** Bands with where they come from: seen at the source, from memory of a standard work, a convention of this project, or set by the dataset. */
export interface Threshold {
  readonly bands: Bands;
  readonly origin: 'SEEN' | 'MEMORY' | 'CONVENTION' | 'DATASET';
  readonly source: string;
}

/** Default thresholds (specification §1–§6); a dataset may set its own, and its report then says so. */
export const THRESHOLDS = {
  representationRatio: {
    bands: { worse: 'BOTH', below: { amber: 0.8, red: 0.5 }, above: { amber: 1.2, red: 2 } },
    origin: 'SEEN',
    source:
      '.8–1.2: participation-to-prevalence ratio, Scott et al. 2018, JACC; .5–2: convention of this project',
  },
  cohenW: {
    bands: { worse: 'ABOVE', amber: 0.1, red: 0.3 },
    origin: 'MEMORY',
    source: 'small and medium effect, Cohen 1988',
  },
  standardizedDifference: {
    bands: { worse: 'ABOVE', amber: 0.1, red: 0.25 },
    origin: 'MEMORY',
    source: 'Austin 2009; .25 tolerated by convention',
  },
  imbalanceRatio: {
    bands: { worse: 'ABOVE', amber: 9, red: 100 },
    origin: 'MEMORY',
    source: '9: KEEL, Fernández et al.; 100: convention of this project',
  },
  shareMissing: {
    bands: { worse: 'ABOVE', amber: 0.05, red: 0.2 },
    origin: 'MEMORY',
    source: '5 and 20 % are habit; the share alone is a poor guide, Madley-Dowd et al. 2019',
  },
  holeShare: {
    bands: { worse: 'ABOVE', amber: 0.01, red: 0.05 },
    origin: 'CONVENTION',
    source: 'share of the target world never seen',
  },
  omegaSquared: {
    bands: { worse: 'ABOVE', amber: 0.06, red: 0.14 },
    origin: 'MEMORY',
    source: 'medium and large effect, Cohen 1988',
  },
  intraclassCorrelation: {
    bands: { worse: 'ABOVE', amber: 0.1, red: 0.25 },
    origin: 'MEMORY',
    source: 'medium and large share of the variance, LeBreton & Senter 2008',
  },
  reliability: {
    bands: { worse: 'BELOW', amber: 0.75, red: 0.5 },
    origin: 'SEEN',
    source: 'good and moderate, on the lower limit of the interval, Koo & Li 2016',
  },
  centreLocation: {
    bands: { worse: 'ABOVE', amber: 0.2, red: 0.5 },
    origin: 'MEMORY',
    source: 'of |γ|, small and medium d, Cohen 1988',
  },
  centreScale: {
    bands: { worse: 'BOTH', below: { amber: 0.8, red: 0.5 }, above: { amber: 1.25, red: 2 } },
    origin: 'SEEN',
    source: '.5–2: variance ratios in balance checks, at second hand; .8–1.25: convention of this project',
  },
  drift: {
    bands: { worse: 'ABOVE', amber: 0.2, red: 0.5 },
    origin: 'CONVENTION',
    source: 'standard deviations over the whole span, after small and medium d, Cohen 1988',
  },
  probeAuc: {
    bands: { worse: 'ABOVE', amber: 0.64, red: 0.71 },
    origin: 'SEEN',
    source: 'd of .5 and .8 as areas, Rice & Harris 2005, who ask to print the number and not the label',
  },
  leaveOneOutLambda: {
    bands: { worse: 'ABOVE', amber: 0.05, red: 0.2 },
    origin: 'CONVENTION',
    source: 'share of the guesses of the commonest class that the metadata put right',
  },
  reversal: {
    bands: { worse: 'ABOVE', amber: 0.02, red: 0.05 },
    origin: 'CONVENTION',
    source:
      'risk difference that is left, of the other sign, once a factor is held fixed; a reversal is AMBER at least',
  },
  exclusionShare: {
    bands: { worse: 'ABOVE', amber: 0.05, red: 0.2 },
    origin: 'MEMORY',
    source: 'the rule of 5 and 20, Schulz & Grimes 2002',
  },
  differentialExclusion: {
    bands: { worse: 'ABOVE', amber: 0.05, red: 0.1 },
    origin: 'CONVENTION',
    source: 'what is tolerable depends on the bias one accepts, Deke & Chiang 2017',
  },
  adversarialAuc: {
    bands: { worse: 'ABOVE', amber: 0.56, red: 0.64 },
    origin: 'SEEN',
    source: 'd of .2 and .5 as areas, Rice & Harris 2005',
  },
  krippendorffAlpha: {
    bands: { worse: 'BELOW', amber: 0.8, red: 0.667 },
    origin: 'MEMORY',
    source: '.800 to rely on, .667 tentative, Krippendorff 2019',
  },
  raterShift: {
    bands: { worse: 'ABOVE', amber: 0.05, red: 0.15 },
    origin: 'CONVENTION',
    source: 'total variation of the use of classes from the others’',
  },
  raterFatigue: {
    bands: { worse: 'ABOVE', amber: 0.05, red: 0.1 },
    origin: 'CONVENTION',
    source: 'disagreement in the last tenth of a session less the first',
  },
  detectionF1: {
    bands: { worse: 'BELOW', amber: 0.8, red: 0.6 },
    origin: 'CONVENTION',
    source: 'F1 of boxes matched at IoU .5',
  },
  meanDice: {
    bands: { worse: 'BELOW', amber: 0.8, red: 0.7 },
    origin: 'MEMORY',
    source: '.7 good, Zijdenbos 1994; .8 a convention',
  },
} as const satisfies Record<string, Threshold>;
