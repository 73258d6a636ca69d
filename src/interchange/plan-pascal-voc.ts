import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import { checkGeometry, type Geometry, type Size } from '../annotation/geometry.ts';
import { addDecimals, canonicalDecimal, type Decimal, negateDecimal } from '../kernel/decimal.ts';
import { isStorableText } from '../kernel/is-storable-text.ts';
import { fieldFault, readingField, refusingFaults } from './field-fault.ts';
import type { ImportPlan } from './import-plan.ts';
import { blankStatement } from './statement-json.ts';
import { stem } from './stem.ts';
import { elementsOf, textOf, type XmlElement } from './xml-element.ts';

export interface PascalVocOptions {
  /** 1, the default: 1-based inclusive pixel indices; 0: 0-based edges. */
  readonly origin?: 0 | 1;
  /** Who annotated, where the file does not say (`source/annotation`). */
  readonly annotator: string | null;
  /** The true sizes of images by name, in stored pixels, where known. */
  readonly sizes?: ReadonlyMap<string, Size>;
}

/** The options with the known names by stem, for files that name no image. */
export interface PascalVocContext extends PascalVocOptions {
  readonly imagesByStem: ReadonlyMap<string, readonly string[]>;
}

interface VocFile {
  readonly path: string;
  readonly image: string;
  readonly annotator: string | null;
  readonly size: Size | null;
  readonly stated: Size | null;
  readonly origin: 0 | 1;
}

interface VocObject {
  readonly element: XmlElement;
  readonly where: string;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
}

export const VOC_ATTRIBUTES: readonly string[] = ['difficult', 'truncated', 'occluded', 'pose'];
const CARRIED = new Set(['name', 'bndbox', 'part', '#text', ...VOC_ATTRIBUTES]);
const EDGES = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

/** `source/annotation` names the annotator, except where it names the challenge or nothing. */
export const NO_ANNOTATOR = /^(?:PASCAL\s?VOC\s?\d{4}|unknown|unspecified|)$/i;

/** Adds what one annotation file says to the plan; without objects, that its annotator saw nothing to mark. */
export function planPascalVoc(
  plan: ImportPlan,
  path: string,
  root: XmlElement,
  options: PascalVocContext,
): void {
  const file = readFile(plan, path, root, options);
  const { image, stated } = file;
  plan.images.push(stated === null ? { name: image } : { name: image, ...stated });
  if (textOf(root, 'segmented') === '1') {
    plan.notes.push({ where: path, message: 'Its segmentation PNG is not read; the boxes are.' });
  }
  const uncarried = new Set<string>();
  const objects = elementsOf(root, 'object');
  for (const [index, element] of objects.entries()) {
    const where = `${path} object[${index + 1}]`;
    planObject(plan, file, { element, where, attributes: statedAttributes(element) });
    for (const name of Object.keys(element)) if (!CARRIED.has(name)) uncarried.add(name);
    const whole = textOf(element, 'name') ?? '';
    for (const [partIndex, part] of elementsOf(element, 'part').entries()) {
      planObject(plan, file, {
        element: part,
        where: `${where} part[${partIndex + 1}]`,
        attributes: [
          { name: 'part_of', value: whole },
          { name: 'part_of_object', value: String(index + 1) },
        ],
      });
    }
  }
  if (uncarried.size > 0) {
    plan.notes.push({
      where: path,
      message: `Not taken over from its objects: ${[...uncarried].join(', ')}.`,
    });
  }
  if (objects.length > 0) return;
  if (sizesDiffer(file)) plan.notes.push({ where: path, message: sizeFault(file) });
  else plan.annotations.push({ ...blankStatement(image, file.annotator), kind: 'EMPTY' });
}

function readFile(plan: ImportPlan, path: string, root: XmlElement, options: PascalVocContext): VocFile {
  const written = textOf(root, 'filename');
  const image =
    written !== null && written !== '' && isStorableText(written)
      ? written
      : nameFromPath(path, options.imagesByStem);
  if (image !== written) {
    plan.notes.push({ where: path, message: `It names no image file; taken to be about "${image}".` });
  } else if (stem(image) !== stem(path)) {
    plan.notes.push({ where: path, message: `It is about "${image}", not about an image of its own name.` });
  }
  const source = elementsOf(root, 'source')[0];
  const annotator = source === undefined ? null : textOf(source, 'annotation');
  const stated = readSize(plan, path, root);
  return {
    path,
    image,
    annotator:
      annotator === null || NO_ANNOTATOR.test(annotator) || !isStorableText(annotator)
        ? options.annotator
        : annotator,
    stated,
    size: options.sizes?.get(image) ?? stated,
    origin: options.origin ?? 1,
  };
}

function nameFromPath(path: string, imagesByStem: ReadonlyMap<string, readonly string[]>): string {
  const own = stem(path);
  const candidates = imagesByStem.get(own) ?? [];
  return candidates.length === 1 ? candidates[0]! : own;
}

function readSize(plan: ImportPlan, path: string, root: XmlElement): Size | null {
  const element = elementsOf(root, 'size')[0];
  if (element === undefined) return null;
  const [width, height] = ['width', 'height'].map((name) => Number(textOf(element, name) ?? Number.NaN));
  if (Number.isSafeInteger(width) && Number.isSafeInteger(height) && width! > 0 && height! > 0) {
    return { width: width!, height: height! };
  }
  plan.notes.push({ where: path, message: 'Its size is no size in pixels and is not used.' });
  return null;
}

function planObject(plan: ImportPlan, file: VocFile, object: VocObject): void {
  refusingFaults(plan, object.where, () => {
    const { annotation, notes } = readObject(file, object);
    plan.annotations.push(annotation);
    plan.classes.push(annotation.label!);
    for (const message of notes) plan.notes.push({ where: object.where, message });
  });
}

function readObject(file: VocFile, object: VocObject): { annotation: AnnotationDraft; notes: string[] } {
  const label = textOf(object.element, 'name');
  if (label === null || label === '' || !isStorableText(label)) {
    return fieldFault('INVALID_VALUE', 'name', `The object of "${file.image}" has no name; give its class.`);
  }
  if (sizesDiffer(file)) return fieldFault('SIZE_MISMATCH', 'size', sizeFault(file));
  const geometry = readBox(file, label, object.element);
  const { reasons, notes } = checkGeometry(geometry, file.size);
  if (reasons[0] !== undefined) {
    return fieldFault(reasons[0].code, 'bndbox', `${label} of "${file.image}": ${reasons[0].message}`);
  }
  const startsBeforeFirstPixel = file.origin === 1 && (geometry.x === '-1' || geometry.y === '-1');
  const hint = startsBeforeFirstPixel ? ' Index 0 in a 1-based file: perhaps its origin is 0.' : '';
  const annotation: AnnotationDraft = {
    image: file.image,
    annotator: file.annotator,
    kind: 'BOX',
    label,
    attribute: null,
    value: null,
    geometry,
    confidence: null,
    seconds: null,
    annotatedAt: null,
    attributes: object.attributes,
    occurrence: 0,
  };
  return { annotation, notes: notes.map((note) => note + hint) };
}

function readBox(file: VocFile, label: string, element: XmlElement): Extract<Geometry, { kind: 'BOX' }> {
  const box = elementsOf(element, 'bndbox')[0];
  if (box === undefined)
    return fieldFault('MALFORMED_FILE', 'bndbox', `${label} of "${file.image}" has no bndbox.`);
  const [xmin, ymin, xmax, ymax] = EDGES.map((edge) => readEdge(file, label, box, edge)) as [
    Decimal,
    Decimal,
    Decimal,
    Decimal,
  ];
  const [across, down] = [difference(xmax, xmin), difference(ymax, ymin)];
  if (Number(across) <= 0 || Number(down) <= 0) {
    const numbers = `(${xmin},${ymin},${xmax},${ymax})`;
    fieldFault(
      'DEGENERATE_GEOMETRY',
      'bndbox',
      `${label} of "${file.image}": the box ${numbers} has no area.`,
    );
  }
  const first = String(file.origin);
  return {
    kind: 'BOX',
    x: difference(xmin, first),
    y: difference(ymin, first),
    width: addDecimals(across, first),
    height: addDecimals(down, first),
  };
}

function readEdge(file: VocFile, label: string, box: XmlElement, edge: string): Decimal {
  const written = textOf(box, edge);
  if (written === null) {
    return fieldFault('MALFORMED_FILE', `bndbox/${edge}`, `${label} of "${file.image}" has no ${edge}.`);
  }
  return readingField(`bndbox/${edge}`, () => canonicalDecimal(written));
}

function difference(left: Decimal, right: Decimal): Decimal {
  return addDecimals(left, negateDecimal(right));
}

function sizesDiffer({ size, stated }: VocFile): boolean {
  return size !== null && stated !== null && (size.width !== stated.width || size.height !== stated.height);
}

function sizeFault({ image, size, stated }: VocFile): string {
  const isTurned = size?.width === stated?.height && size?.height === stated?.width;
  return (
    `The file states ${stated?.width} × ${stated?.height} pixels for "${image}", which has ` +
    `${size?.width} × ${size?.height}${isTurned ? ' (turned: was it labelled after EXIF orientation?)' : ''}.`
  );
}

function statedAttributes(element: XmlElement): { name: string; value: string }[] {
  return VOC_ATTRIBUTES.flatMap((name) => {
    const value = textOf(element, name);
    return value === null || value === '' || !isStorableText(value) ? [] : [{ name, value }];
  });
}
