/** What is put into a dataset, each as its effect size in the population. */
export interface Bias {
  /** The share of background "wood" over its share in the target. */
  readonly underrepresentation: number;
  /** The share of images without operator. */
  readonly missing: number;
  /** The share of the variance of sharpness between images that the camera explains. */
  readonly effect: number;
  /** Cohen's w of camera and label. */
  readonly association: number;
  /** The share of images that is excluded. */
  readonly excluded: number;
  /** The standardized difference of "wood" between excluded and kept images. */
  readonly exclusion: number;
  /** Units of test of which one image is in train; below 1 their share. */
  readonly leak: number;
}

export const NO_BIAS: Bias = {
  underrepresentation: 1,
  missing: 0.03,
  effect: 0,
  association: 0,
  excluded: 0.02,
  exclusion: 0,
  leak: 0,
};
