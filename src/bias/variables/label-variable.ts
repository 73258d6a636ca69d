import type { CodedVariable } from '../../statistics/coded-variable.ts';
import type { Subjects } from '../subjects/subjects.ts';

/** 1 for each image that has a label that counts: SINGLE, one class alone; MULTIPLE, any. */
export function isLabelled({ classes: { mode, offsets }, imageCount }: Subjects): Uint8Array {
  const labelled = new Uint8Array(imageCount);
  for (let image = 0; image < imageCount; image += 1) {
    const count = offsets[image + 1]! - offsets[image]!;
    labelled[image] = count === 1 || (mode === 'MULTIPLE' && count > 0) ? 1 : 0;
  }
  return labelled;
}

/** SINGLE: the class of each image, −1 where it has none or its raters are tied. */
export function labelVariable(subjects: Subjects): CodedVariable {
  const { classes, imageCount } = subjects;
  const codes = new Int16Array(imageCount).fill(-1);
  isLabelled(subjects).forEach((labelled, image) => {
    if (labelled === 1) codes[image] = classes.codes[classes.offsets[image]!]!;
  });
  return { codes, levels: classes.names.length };
}

/** 1 where a labelled image shows the class, 0 where it does not, −1 where the image has no label. */
export function classIndicator(subjects: Subjects, label: number): CodedVariable {
  const { classes, imageCount } = subjects;
  const codes = new Int16Array(imageCount);
  isLabelled(subjects).forEach((labelled, image) => {
    const own = classes.codes.subarray(classes.offsets[image], classes.offsets[image + 1]);
    codes[image] = labelled === 0 ? -1 : own.includes(label) ? 1 : 0;
  });
  return { codes, levels: 2 };
}
