import { numberOccurrences } from '../annotation/annotation-draft.ts';
import { DomainError } from '../kernel/errors.ts';
import { emptyPlan, type ImportPlan } from './import-plan.ts';
import { parseJson } from './parse-json.ts';
import { planCocoAnnotations } from './plan-coco-annotations.ts';
import { planCocoCategories } from './plan-coco-categories.ts';
import { type CocoOptions, planCocoImages } from './plan-coco-images.ts';
import { isCrowdByDefault, planCocoStatements } from './plan-coco-statements.ts';
import { EXTRA } from './statement-json.ts';

export { writeCoco } from './write-coco.ts';

/**
 * Reads a COCO instances or keypoints file (Lin et al. 2014; cocoapi). Its frame is ours: 0-based, top left,
 * continuous edges. Each entry that cannot be taken over is refused with its place; the others go on.
 *
 * A segmentation is the shape where there is one (a MASK for RLE, a POLYGON else), the bbox where there is none;
 * neither member at all is a label of the whole image. Each labelled keypoint is a POINT besides. `sizes` are the
 * true sizes of the images, where known. What `writeCoco` puts under `holotype` is restored. Throws MALFORMED_FILE, with line and column, for what is no JSON or no COCO.
 */
export function readCoco(text: string, options: CocoOptions): ImportPlan {
  const file = parse(text);
  const [images, annotations] = [file.images, file.annotations ?? []];
  if (!Array.isArray(images) || !Array.isArray(annotations)) {
    throw new DomainError(
      'MALFORMED_FILE',
      'A COCO file has the arrays `images` and `annotations`; here one is missing or something else.',
    );
  }
  const plan = emptyPlan({ format: 'COCO', version: null, frame: 'pixel edges, 0-based' });
  const context = {
    annotator: options.annotator,
    images: planCocoImages(plan, images, options),
    categories: planCocoCategories(plan, file.categories),
    isCrowdByDefault: isCrowdByDefault(file[EXTRA]),
  };
  planCocoAnnotations(plan, annotations, context);
  planCocoStatements(plan, file[EXTRA], context);
  plan.annotations = numberOccurrences(plan.annotations);
  if (Array.isArray(file.licenses) && file.licenses.length > 0) {
    plan.notes.push({
      where: 'licenses',
      message: 'Not taken over: the licence is declared on the dataset.',
    });
  }
  return plan;
}

function parse(text: string): Record<string, unknown> {
  const value = parseJson(text);
  if (Array.isArray(value)) {
    throw new DomainError(
      'MALFORMED_FILE',
      'The file is a list, perhaps of COCO results, which name no images; send it together with its `images`.',
    );
  }
  if (typeof value !== 'object' || value === null) {
    throw new DomainError('MALFORMED_FILE', 'The file is no JSON object; is this a COCO file?');
  }
  return value as Record<string, unknown>;
}
