import { annotatorAccuracy } from '../../statistics/annotator-accuracy.ts';
import { annotatorInformation } from '../../statistics/annotator-information.ts';
import type { FittedComponent } from '../../statistics/dawid-skene-by-component.ts';
import { estimate, notEstimable } from '../../statistics/estimate.ts';

/** More classes than these give no table that anybody reads. */
const MOST_CLASSES = 30;

/** What Dawid and Skene's model says of one rater; its figures have no interval, and where it does not apply a reason. */
export function raterFit(
  components: readonly FittedComponent[],
  rater: number,
  classes: readonly string[],
  basis: { imageCount: number; unitCount: number },
) {
  const methods = ['accuracy by Dawid and Skene', 'information by Dawid and Skene'] as const;
  const component = components.find(({ annotators }) => annotators.includes(rater));
  const fit = component?.fit ?? null;
  if (fit === null) {
    const reason = component?.faults[0] ?? 'NO_OVERLAP';
    const [accuracy, information] = methods.map((method) =>
      notEstimable('NOT_APPLICABLE', reason, { ...basis, method }),
    );
    return { accuracy: accuracy!, information: information!, confusion: null };
  }
  const K = component!.classes.length;
  const place = component!.annotators.indexOf(rater);
  const own = fit.confusion.subarray(place * K * K, (place + 1) * K * K);
  const [accuracy, information] = [
    annotatorAccuracy(fit.classPrior, own),
    annotatorInformation(fit.classPrior, own),
  ].map((figure, index) => {
    const of = { ...basis, method: methods[index]! };
    return figure.value === null
      ? notEstimable('UNDEFINED', figure.reason ?? 'UNDEFINED', of)
      : estimate({ ...of, value: figure.value, status: 'INSUFFICIENT', reason: 'MODEL_WITHOUT_INTERVAL' });
  });
  const names = Array.from(component!.classes, (label) => classes[label]!);
  const shares = names.map((_, row) => Array.from(own.subarray(row * K, (row + 1) * K)));
  const confusion = K <= MOST_CLASSES ? { classes: names, shares } : null;
  return { accuracy: accuracy!, information: information!, confusion };
}
