import { type Estimate, estimate } from './estimate.ts';
import type { Figure } from './figure.ts';
import type { ScoreAreas } from './score-areas.ts';
import type { UnitsPerLevel } from './units-per-level.ts';

/** What a metadata probe gives (`naiveBayesProbe`, `presenceProbe`). */
export interface NaiveBayesProbe {
  /** Within folds: the headline. `areas` of each class against the rest, in the order of the label's codes, and their mean. */
  readonly withinFolds: ScoreAreas;
  /**
   * Over all folds at once, as other software gives it. Too low: a fold with more of a class than the others is judged by a
   * model that has seen less of it. Of independent metadata it is .46 at 60 units where `withinFolds` is .50.
   */
  readonly pooled: ScoreAreas;
  readonly accuracy: Estimate;
  /** Share of the commonest class: the accuracy of who knows nothing. */
  readonly baseline: Estimate;
  /** 1 − log loss/log loss of the class shares alone: range (−∞, 1], 0 for no knowledge. */
  readonly skill: Estimate;
}

/** What a probe gives that cannot be made, and why. */
export function noProbe({ status, value, reason }: Figure, perClass: UnitsPerLevel): NaiveBayesProbe {
  const { imageCount, unitCount, images } = perClass;
  const none = (method: string): Estimate =>
    estimate({ value, status, reason, imageCount, unitCount, method });
  const areas: ScoreAreas = {
    macroArea: none('area under the ROC curve, mean over classes'),
    classesInMean: 0,
    areas: Array.from(images, () => none('area under the ROC curve')),
  };
  return {
    withinFolds: areas,
    pooled: areas,
    accuracy: none('accuracy of naive Bayes'),
    baseline: none('share of the commonest class'),
    skill: none('log loss skill'),
  };
}
