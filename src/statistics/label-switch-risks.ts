import type { DawidSkene } from './dawid-skene.ts';

/** What makes it doubtful that the model's classes are those of the same name. */
export type LabelSwitchRisk =
  | { readonly kind: 'ANNOTATOR_BELOW_CHANCE'; readonly annotator: number; readonly meanDiagonal: number }
  | { readonly kind: 'CLASS_WITHOUT_ITEM'; readonly label: number; readonly items: number };

/**
 * The flag LABEL_SWITCH_RISK of a Dawid–Skene fit: annotators whose mean diagonal Σ_c π_cc/K is below 1/K, classes whose
 * posterior mass Σ_i T_ic is below one item. Specification §6.2; Stephens 2000, JRSS B 62:795, on label switching.
 */
export function labelSwitchRisks({ softLabels, classPrior, confusion }: DawidSkene): LabelSwitchRisk[] {
  const classes = classPrior.length;
  const risks: LabelSwitchRisk[] = [];
  for (let start = 0; start < confusion.length; start += classes * classes) {
    let diagonal = 0;
    for (let c = 0; c < classes; c += 1) diagonal += confusion[start + c * classes + c]!;
    const meanDiagonal = diagonal / classes;
    if (diagonal < 1 - 1e-9)
      risks.push({ kind: 'ANNOTATOR_BELOW_CHANCE', annotator: start / (classes * classes), meanDiagonal });
  }
  const mass = new Float64Array(classes);
  for (let at = 0; at < softLabels.length; at += 1) mass[at % classes]! += softLabels[at]!;
  mass.forEach((items, label) => {
    if (items < 1 - 1e-9) risks.push({ kind: 'CLASS_WITHOUT_ITEM', label, items });
  });
  return risks;
}
