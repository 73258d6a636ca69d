import type { AnnotationKind, Geometry, Size } from '../../annotation/geometry.ts';
import { extentOf } from '../../annotation/geometry.ts';
import { rasterise } from '../../annotation/rasterise.ts';
import type { LabelledBox, LabelledMask, ShapeRater } from './shape-images.ts';

/** What one annotator said of one image, as far as it matters to shapes. */
export interface ShapeStatement {
  readonly kind: AnnotationKind;
  readonly label: string | null;
  readonly geometry: Geometry | null;
}

/**
 * The shapes of one annotator on one image of this size, from all that the annotator said of it: boxes are compared as boxes,
 * and everything else with an area as masks in the frame of the image, masks in their own frame. EMPTY says that the
 * annotator looked for both. Who drew no shape of a form, and did not say EMPTY, did not look for that form.
 */
export function shapeRater(annotator: string, statements: readonly ShapeStatement[], size: Size): ShapeRater {
  const boxes: LabelledBox[] = [];
  const masks: LabelledMask[] = [];
  for (const { label, geometry } of statements) {
    if (geometry === null || geometry.kind === 'POINT' || geometry.kind === 'POLYLINE') continue;
    if (geometry.kind === 'BOX') boxes.push({ label, ...extentOf(geometry) });
    else {
      const frame = geometry.kind === 'MASK' ? { width: geometry.size[1], height: geometry.size[0] } : size;
      masks.push({ label, mask: rasterise(geometry, frame) });
    }
  }
  const saidEmpty = statements.some(({ kind }) => kind === 'EMPTY');
  const looked = <T>(shapes: T[]): T[] | null => (shapes.length > 0 || saidEmpty ? shapes : null);
  return { annotator, boxes: looked(boxes), masks: looked(masks) };
}
