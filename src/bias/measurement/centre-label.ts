import type { CodedVariable } from '../../statistics/coded-variable.ts';
import { cramersV } from '../../statistics/cramers-v.ts';
import { crossTabulate } from '../../statistics/cross-tabulate.ts';
import { independenceDesignEffect } from '../../statistics/independence-design-effect.ts';
import type { Subjects } from '../subjects/subjects.ts';
import { isLabelled, labelVariable } from '../variables/label-variable.ts';
import { inOrder, type MeasurementColumns } from './measurement-columns.ts';

/** From this lower limit of V on, centres differ in what they see (specification §2.4). */
const ASSOCIATED = 0.1;
const LARGEST_TABLE = 8_000_000;
/** Where images show several classes, the commonest are asked, each as present or absent. */
const MOST_CLASSES = 20;

/** Whether the label goes with the centre, so that taking the centre's effect away would take the subject with it. */
export function centreMayBeBiology(
  { subjects, images, units }: MeasurementColumns,
  centre: CodedVariable,
): boolean {
  return labelsOf(subjects).some(({ codes, levels }) => {
    if (levels * centre.levels * units.bucketCount > LARGEST_TABLE) return false;
    const table = crossTabulate(units, [{ codes: inOrder(codes, images), levels }, centre]);
    const contingency = { ...table, rows: levels, columns: centre.levels };
    const { corrected } = cramersV(contingency, { designEffect: independenceDesignEffect(contingency) });
    return (corrected.interval?.lower ?? 0) >= ASSOCIATED;
  });
}

function labelsOf(subjects: Subjects): CodedVariable[] {
  return subjects.classes.mode === 'SINGLE' ? [labelVariable(subjects)] : presences(subjects);
}

/** 1 where a labelled image shows the class, 0 where it does not, of the commonest classes. */
function presences(subjects: Subjects): CodedVariable[] {
  const { codes, names, offsets } = subjects.classes;
  const images = new Float64Array(names.length);
  for (const code of codes) images[code] = images[code]! + 1;
  const commonest = [...names.keys()].sort((a, b) => images[b]! - images[a]! || a - b).slice(0, MOST_CLASSES);
  const absent = Int16Array.from(isLabelled(subjects), (labelled) => labelled - 1);
  const shown = commonest.map(() => absent.slice());
  for (let image = 0; image < subjects.imageCount; image += 1) {
    for (let at = offsets[image]!; at < offsets[image + 1]!; at += 1) {
      const own = shown[commonest.indexOf(codes[at]!)];
      if (own !== undefined) own[image] = 1;
    }
  }
  return shown.map((own) => ({ codes: own, levels: 2 }));
}
