import type { Geometry } from '../annotation/geometry.ts';
import { consensusOf, statementsInForce } from './image-truth.ts';
import type { RenderingOptions } from './rendering.ts';
import type { AnnotationDocument, Statement } from './snapshot-documents.ts';

/** A statement with a shape. */
export type ShapeStatement = Statement & { readonly geometry: Geometry };

/**
 * The shapes of an image in the order of their ids: those of every rater, of the annotator asked for, or in place of them the boxes and
 * masks of the consensus asked for, as statements of an annotator of its name and of kind DERIVED.
 */
export function imageShapes(document: AnnotationDocument, options: RenderingOptions): ShapeStatement[] {
  if (options.consensus === null) return statementsInForce(document, options).filter(hasShape);
  const said = consensusOf(document, options.consensus);
  const annotator = { name: options.consensus, kind: 'DERIVED' };
  const boxes = (said?.boxes ?? []).map(
    ({ label, support, ...box }, index): ShapeStatement => ({
      id: `${document.image}-box-${index}`,
      annotator,
      kind: 'BOX',
      label,
      geometry: { kind: 'BOX', x: box.x, y: box.y, width: box.width, height: box.height },
      confidence: support,
    }),
  );
  const masks = (said?.masks ?? []).flatMap(({ label, mask }, index): ShapeStatement[] =>
    mask === null
      ? []
      : [
          {
            id: `${document.image}-mask-${index}`,
            annotator,
            kind: 'MASK',
            ...(label === null ? {} : { label }),
            geometry: { kind: 'MASK', ...mask },
          },
        ],
  );
  return [...boxes, ...masks];
}

function hasShape(statement: Statement): statement is ShapeStatement {
  return statement.geometry !== undefined;
}
