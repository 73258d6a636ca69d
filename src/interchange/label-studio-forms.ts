import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import type { Geometry, Size } from '../annotation/geometry.ts';
import { writeBrush } from './brush-run-length.ts';
import type { JsonObject } from './json-members.ts';
import { rotatedCorners } from './shape-bounds.ts';

/** The results that show a statement in Label Studio, without ids. */
export interface LabelStudioForm {
  readonly type: string;
  readonly from_name: string;
  readonly value: JsonObject;
}

/**
 * What Label Studio shows of a statement: one result, or one for each ring of a POLYGON; none for what it has no result
 * for (a POLYLINE, EMPTY, SKIP, a CLASS without class, a VALUE that is no number or of nothing).
 */
export function labelStudioForms(draft: AnnotationDraft, size: Size): LabelStudioForm[] {
  const { kind, geometry, label, attribute, value } = draft;
  if (geometry !== null) {
    return shapesOf(geometry, size).map(([shape, members]) => {
      const type = label === null ? shape : `${shape}labels`;
      const value = { ...members, ...(label === null ? {} : { [type]: [label] }) };
      return { type, from_name: type, value };
    });
  }
  if (kind === 'CLASS' && label !== null && label !== '') {
    return [{ type: 'choices', from_name: 'class', value: { choices: [label] } }];
  }
  if (!attribute || value === null) return [];
  if (kind === 'ATTRIBUTE') return [{ type: 'textarea', from_name: attribute, value: { text: [value] } }];
  const isNumber = kind === 'VALUE' && value.trim() !== '' && Number.isFinite(Number(value));
  return isNumber ? [{ type: 'number', from_name: attribute, value: { number: Number(value) } }] : [];
}

/** Whether a result still says what `form` does: a program that writes it anew may add members, or round. */
export function isSameForm(form: LabelStudioForm, type: unknown, value: JsonObject): boolean {
  return type === form.type && Object.entries(form.value).every(([name, each]) => isNear(each, value[name]));
}

/** A millionth of a percent. */
const NEAR = 1e-6;

function isNear(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'number') return Math.abs(one - other) <= NEAR;
  if (!Array.isArray(one)) return one === other;
  return (
    Array.isArray(other) &&
    one.length === other.length &&
    one.every((each, index) => isNear(each, other[index]))
  );
}

function shapesOf(geometry: Geometry, { width, height }: Size): [string, JsonObject][] {
  const across = (pixels: number | string) => (100 * Number(pixels)) / width;
  const down = (pixels: number | string) => (100 * Number(pixels)) / height;
  switch (geometry.kind) {
    case 'POINT':
      return [['keypoint', { x: across(geometry.x), y: down(geometry.y), width: 0.5 }]];
    case 'BOX':
      return [
        [
          'rectangle',
          {
            x: across(geometry.x),
            y: down(geometry.y),
            width: across(geometry.width),
            height: down(geometry.height),
            rotation: 0,
          },
        ],
      ];
    case 'ROTATED_BOX': {
      const [[left, top]] = rotatedCorners(geometry) as [[number, number]];
      const corner = { x: across(rounded(left)), y: down(rounded(top)) };
      const sides = { width: across(geometry.width), height: down(geometry.height) };
      return [['rectangle', { ...corner, ...sides, rotation: Number(geometry.degrees) }]];
    }
    case 'ELLIPSE':
      return [
        [
          'ellipse',
          {
            x: across(geometry.centreX),
            y: down(geometry.centreY),
            radiusX: across(geometry.radiusX),
            radiusY: down(geometry.radiusY),
            rotation: Number(geometry.degrees),
          },
        ],
      ];
    case 'POLYGON':
      return geometry.rings.map((ring) => [
        'polygon',
        { points: ring.map(([x, y]) => [across(x), down(y)]), closed: true },
      ]);
    case 'MASK':
      return [['brush', { format: 'rle', rle: writeBrush(geometry) }]];
    case 'POLYLINE':
      return [];
  }
}

/** Trigonometry differs in its last digits between machines; a millionth of a pixel does not. */
function rounded(pixel: number): number {
  return Number(pixel.toFixed(6));
}
