import type { ErrorCode, Reason } from '../kernel/errors.ts';
import type { AnnotationDraft } from './annotation-draft.ts';
import { ANNOTATION_KINDS, checkGeometry } from './geometry.ts';

/** That somebody saw the image, and marked nothing or gave it up. */
const IS_OF_SEEING: ReadonlySet<string> = new Set(['EMPTY', 'SKIP']);

/** Every fault of one statement about a known image. */
export function annotationFaults(
  draft: Omit<AnnotationDraft, 'key' | 'corrects'>,
  image: { width: number | null; height: number | null } | undefined,
  classes: ReadonlySet<string>,
): Reason[] {
  const faults: Reason[] = [];
  const fault = (field: string, code: ErrorCode, message: string) =>
    faults.push({ path: [field], code, message });
  if (!image) fault('image', 'UNKNOWN_IMAGE', `no image "${draft.image}" is in the dataset.`);
  if (!ANNOTATION_KINDS.includes(draft.kind))
    fault('kind', 'BAD_INPUT', `"${draft.kind}" is no kind of annotation.`);
  if (!draft.annotator)
    fault('annotator', 'BAD_INPUT', 'the annotator is missing; every statement is somebody’s.');
  if (draft.label !== null && !classes.has(draft.label))
    fault('label', 'UNKNOWN_CLASS', `the label schema has no class "${draft.label}".`);
  if (draft.kind === 'CLASS' && draft.label === null) fault('label', 'BAD_INPUT', 'a CLASS names a label.');
  if ((draft.kind === 'ATTRIBUTE' || draft.kind === 'VALUE') && draft.value === null)
    fault('value', 'BAD_INPUT', `a ${draft.kind} carries a value.`);
  if (!Number.isInteger(draft.pass ?? 1) || draft.pass! < 1 || draft.pass! > 32_767)
    fault('pass', 'BAD_INPUT', 'a pass is a whole number from 1 on.');
  if (!Number.isInteger(draft.votes ?? 1) || draft.votes! < 1 || draft.votes! > 2 ** 31 - 1)
    fault('votes', 'BAD_INPUT', 'votes are a whole number from 1 on.');
  if (IS_OF_SEEING.has(draft.kind) && draft.label !== null)
    fault('label', 'BAD_INPUT', `a ${draft.kind} names no label; a class of the whole image is a CLASS.`);
  if (draft.geometry && draft.geometry.kind !== draft.kind)
    fault('geometry', 'BAD_INPUT', `a ${draft.kind} has no ${draft.geometry.kind} for its shape.`);
  else if (draft.geometry) {
    const size =
      image && image.width !== null && image.height !== null
        ? { width: image.width, height: image.height }
        : null;
    faults.push(...checkGeometry(draft.geometry, size).reasons);
  } else if (!['CLASS', 'ATTRIBUTE', 'VALUE', 'EMPTY', 'SKIP'].includes(draft.kind)) {
    fault('geometry', 'BAD_INPUT', `a ${draft.kind} has a geometry.`);
  }
  return faults;
}
