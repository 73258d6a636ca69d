import { readAnnotator } from './annotator-json.ts';
import { fieldFault, refusingFaults } from './field-fault.ts';
import type { ImportPlan } from './import-plan.ts';
import { idText, isAbsent, isJsonObject } from './json-members.ts';
import type { CocoContext } from './plan-coco-annotations.ts';
import { blankStatement, EXTRA, restoreStatement } from './statement-json.ts';

/** What our writer puts beside COCO's own members: the annotators, and statements that are no objects. */
export function planCocoStatements(plan: ImportPlan, extra: unknown, context: CocoContext): void {
  if (!isJsonObject(extra)) return;
  const { annotators, statements } = extra;
  for (const [index, row] of (Array.isArray(annotators) ? annotators : []).entries()) {
    const where = `${EXTRA}/annotators[${index}]`;
    refusingFaults(plan, where, () => plan.annotators.push(readAnnotator(row, where)));
  }
  for (const [index, row] of (Array.isArray(statements) ? statements : []).entries()) {
    refusingFaults(plan, `${EXTRA}/statements[${index}]`, () => {
      const { image_id, ...json } = isJsonObject(row) ? row : {};
      const image = isAbsent(image_id) ? undefined : context.images.get(idText(image_id) ?? '');
      if (image === undefined) {
        const message = `No image of this file that was read has the id ${JSON.stringify(image_id)}.`;
        return fieldFault('UNKNOWN_IMAGE', 'image_id', message);
      }
      if (image.sizeFault !== null) fieldFault('SIZE_MISMATCH', 'image_id', image.sizeFault);
      if (!Object.hasOwn(json, 'kind')) fieldFault('INVALID_VALUE', 'kind', 'The statement has no kind.');
      plan.annotations.push(
        restoreStatement(blankStatement(image.name, context.annotator), json, image.size),
      );
    });
  }
}

/** Whether the file says that an `iscrowd` of 0 stands there only because other readers want the member. */
export function isCrowdByDefault(extra: unknown): boolean {
  return isJsonObject(extra) && isJsonObject(extra.defaults) && extra.defaults.iscrowd === 0;
}
