import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import type { Geometry, Position, Size } from '../annotation/geometry.ts';
import { decodeMask } from '../annotation/run-length-encoding.ts';
import { addDecimals, negateDecimal } from '../kernel/decimal.ts';
import { escapeXml } from '../kernel/escape-xml.ts';
import type { CvatShape } from './cvat-geometry.ts';
import { multiplyDecimals } from './multiply-decimals.ts';
import { shapeBounds } from './shape-bounds.ts';
import { EXTRA } from './statement-json.ts';
import { textOf, type XmlElement } from './xml-element.ts';

/** The label of shapes without a class: CVAT has no shape without a label. */
export const UNLABELLED = 'unlabelled';
/** What CVAT says of a shape besides its place, as attributes of the element; a zero says nothing. */
export const CVAT_MEMBERS = ['source', 'occluded', 'z_order', 'group_id'] as const;
/** What CVAT reads there; another value is not written. */
const MEMBER_FORMS: Record<(typeof CVAT_MEMBERS)[number], RegExp> = {
  source: /^[a-z-]+$/,
  occluded: /^[01]$/,
  z_order: /^(?:0|-?[1-9][0-9]{0,8})$/,
  group_id: /^(?:0|[1-9][0-9]{0,8})$/,
};
/** What children named so say is not an attribute of the statement. */
export const CVAT_OWN_ATTRIBUTES: ReadonlySet<string> = new Set(['annotator', EXTRA]);

/**
 * The elements that show a statement in CVAT, their texts escaped: one, or one for each ring of a POLYGON; none for what
 * says neither a shape nor a class.
 */
export function cvatElements(
  draft: AnnotationDraft,
  { width, height }: Size,
): [CvatShape | 'tag', XmlElement][] {
  const { geometry, kind, annotator } = draft;
  if (geometry === null && (kind !== 'CLASS' || draft.label === null)) return [];
  const label = escapeXml(draft.label ?? '');
  const isNameless = textOf({ label }, 'label') === '';
  const said = draft.attributes.filter(({ name, value }) => name !== '' && value !== '');
  const members = CVAT_MEMBERS.flatMap((name) => {
    const value = said.find((each) => each.name === name && MEMBER_FORMS[name].test(each.value))?.value;
    // CVAT does not read a shape that does not say whether it is occluded.
    const written = value ?? (name === 'occluded' && geometry !== null ? '0' : null);
    return written === null ? [] : [[`@${name}`, escapeXml(written)] as const];
  });
  const attributes = said.filter(
    ({ name }) => !CVAT_OWN_ATTRIBUTES.has(name) && !(CVAT_MEMBERS as readonly string[]).includes(name),
  );
  const children = [...(annotator === null ? [] : [{ name: 'annotator', value: annotator }]), ...attributes];
  const element: XmlElement = {
    '@label': isNameless ? UNLABELLED : label,
    ...Object.fromEntries(members),
    attribute: children.map(({ name, value }) => cvatAttribute(name, value)),
  };
  if (geometry === null) return [['tag', element]];
  return shapesOf(geometry, { width, height }).map(([shape, place]) => [shape, { ...place, ...element }]);
}

function cvatAttribute(name: string, value: string): XmlElement {
  return { '@name': escapeXml(name), '#text': escapeXml(value) };
}

/** CVAT rounds to hundredths of a pixel. */
const NEAR = 0.01;
const PLACES = [
  'xtl',
  'ytl',
  'xbr',
  'ybr',
  'rotation',
  'points',
  'cx',
  'cy',
  'rx',
  'ry',
  'rle',
  'left',
  'top',
  'width',
  'height',
];

/** Whether an element still says what `written` does, in its class and its place. */
export function isSameElement(written: XmlElement, element: XmlElement): boolean {
  if (textOf(written, '@label') !== textOf(element, '@label')) return false;
  return PLACES.every((name) => {
    const [one, other] = [written, element].map((each) =>
      (textOf(each, `@${name}`) || '0').split(/[,;]/).map(Number),
    ) as [number[], number[]];
    return one.length === other.length && one.every((each, index) => Math.abs(each - other[index]!) <= NEAR);
  });
}

function shapesOf(geometry: Geometry, size: Size): [CvatShape, XmlElement][] {
  switch (geometry.kind) {
    case 'BOX': {
      const { x, y, width, height } = geometry;
      const [right, bottom] = [addDecimals(x, width), addDecimals(y, height)];
      return [['box', { '@xtl': x, '@ytl': y, '@xbr': right, '@ybr': bottom }]];
    }
    case 'ROTATED_BOX': {
      const { centreX, centreY, degrees } = geometry;
      const across = multiplyDecimals(geometry.width, '0.5');
      const down = multiplyDecimals(geometry.height, '0.5');
      const edges = {
        '@xtl': addDecimals(centreX, negateDecimal(across)),
        '@ytl': addDecimals(centreY, negateDecimal(down)),
        '@xbr': addDecimals(centreX, across),
        '@ybr': addDecimals(centreY, down),
      };
      return [['box', { ...edges, '@rotation': degrees }]];
    }
    case 'ELLIPSE': {
      const { centreX, centreY, radiusX, radiusY, degrees } = geometry;
      const rotation: XmlElement = degrees === '0' ? {} : { '@rotation': degrees };
      return [['ellipse', { '@cx': centreX, '@cy': centreY, '@rx': radiusX, '@ry': radiusY, ...rotation }]];
    }
    case 'POLYGON':
      return geometry.rings.map((ring) => ['polygon', { '@points': pointsText(ring) }]);
    case 'POLYLINE':
      return [['polyline', { '@points': pointsText(geometry.points) }]];
    case 'POINT':
      return [['points', { '@points': pointsText([[geometry.x, geometry.y]]) }]];
    case 'MASK':
      return [['mask', maskElement(geometry, size)]];
  }
}

function pointsText(points: readonly Position[]): string {
  return points.map((point) => point.join()).join(';');
}

/** Runs row by row inside the box of the foreground, the background first. */
function maskElement(geometry: Extract<Geometry, { kind: 'MASK' }>, size: Size): XmlElement {
  const { left, top, right, bottom } = shapeBounds(geometry);
  const mask = decodeMask(geometry);
  const runs: number[] = [0];
  let current = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const pixel = mask[y * size.width + x]!;
      if (pixel !== current) runs.push(0);
      current = pixel;
      runs[runs.length - 1]!++;
    }
  }
  const box = { '@left': left, '@top': top, '@width': right - left, '@height': bottom - top };
  const texts = Object.entries(box).map(([name, value]) => [name, String(value)]);
  return { '@rle': runs.join(', '), ...Object.fromEntries(texts) };
}
