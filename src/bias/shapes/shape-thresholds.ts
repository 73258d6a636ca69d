/** Pairs of annotators listed, of boxes and of masks. */
export const LONGEST_PAIR_LIST = 50;

/** Pairs of annotators looked at one by one, the first met: a crowd of 2000 could make two million. */
export const MOST_PAIRS = 20_000;

/** F1 falls by so much from IoU .5 to .75, and stands at so much at .5: a convention of this project. */
export const LARGE_DROP = 0.2;
export const OBJECTS_AGREED = 0.6;

/** So many masks to the pixel the same under two names are a finding: a convention of this project. */
export const FEWEST_IDENTICAL = 3;
export const LONGEST_FINDING_LIST = 50;
export const LONGEST_EVIDENCE_LIST = 5;

/** Boundaries are measured on pairs of masks whose boxes hold so many pixels together: two minutes on one core. */
export const MOST_DISTANCE_PIXELS = 2e9;
