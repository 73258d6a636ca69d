import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import { checkGeometry, type Geometry } from '../annotation/geometry.ts';
import { canonicalDecimal } from '../kernel/decimal.ts';
import { isStorableText } from '../kernel/is-storable-text.ts';
import { type CocoShape, cocoShape } from './coco-shape.ts';
import { fieldFault, readingField, refusingFaults } from './field-fault.ts';
import type { ImportPlan } from './import-plan.ts';
import { idText, isAbsent, isJsonObject, type JsonObject, otherMembers, textMember } from './json-members.ts';
import type { CocoCategory } from './plan-coco-categories.ts';
import type { CocoImage } from './plan-coco-images.ts';
import { readQuantity } from './read-quantity.ts';
import { shapeBounds } from './shape-bounds.ts';
import { EXTRA, restoreStatement } from './statement-json.ts';

export interface CocoContext {
  readonly annotator: string | null;
  readonly images: ReadonlyMap<string, CocoImage>;
  readonly categories: ReadonlyMap<string, CocoCategory>;
  /** `iscrowd: 0` stands on every annotation of the file, and is nobody's statement. */
  readonly isCrowdByDefault?: boolean;
}

type Statement = Pick<AnnotationDraft, 'kind' | 'label' | 'attribute' | 'geometry' | 'attributes'>;

const KNOWN = new Set(
  'id image_id category_id segmentation bbox iscrowd keypoints num_keypoints attributes score caption holotype'.split(
    ' ',
  ),
);
/** Members of other COCO tasks, and what they hold instead of shapes. */
const OTHER_TASKS = { caption: 'a caption of the image', segments_info: 'a panoptic PNG' } as const;

const MOVED = `Its shape under ${EXTRA}, which is kept, lies over a pixel off its bbox or segmentation.`;
const KEYPOINT_FRAME =
  'Keypoints are taken as continuous coordinates; where they were pixel indices they lie half a pixel up and left.';

/** Adds each annotation to the plan, or refuses it with its place and id. */
export function planCocoAnnotations(plan: ImportPlan, rows: readonly unknown[], context: CocoContext): void {
  const ids = new Set<string>();
  let differentBoxes = 0;
  for (const [index, row] of rows.entries()) {
    const id = isJsonObject(row) ? idText(row.id) : null;
    const where = `annotations[${index}]${id === null ? '' : ` id ${id}`}`;
    refusingFaults(plan, where, () => {
      if (!isJsonObject(row)) return fieldFault('MALFORMED_FILE', null, 'An annotation must be an object.');
      if (id !== null && ids.has(id))
        fieldFault('DUPLICATE_ROW', 'id', `Another annotation has the id ${id}.`);
      const image = imageOf(row, context);
      const found = readAnnotation(row, image, context);
      if (id !== null) ids.add(id);
      plan.annotations.push(...found.drafts);
      for (const message of found.notes) plan.notes.push({ where, message });
      if (found.isBoxDifferent) differentBoxes++;
    });
  }
  planSummary(plan, rows, differentBoxes);
}

function planSummary(plan: ImportPlan, rows: readonly unknown[], differentBoxes: number): void {
  const where = 'annotations';
  if (plan.annotations.some(({ kind }) => kind === 'POINT'))
    plan.notes.push({ where, message: KEYPOINT_FRAME });
  if (differentBoxes > 0) {
    const message = `${differentBoxes} bbox differ by over a pixel from the extent of the segmentation, which is kept.`;
    plan.notes.push({ where, message });
  }
  const others = otherMembers(rows, KNOWN);
  if (others.length > 0) plan.notes.push({ where, message: `Not taken over: ${others.join(', ')}.` });
}

function imageOf(row: JsonObject, context: CocoContext): CocoImage {
  const id = idText(row.image_id);
  const image = id === null ? undefined : context.images.get(id);
  if (image === undefined) {
    return fieldFault('UNKNOWN_IMAGE', 'image_id', `No image of this file that was read has the id ${id}.`);
  }
  if (image.sizeFault !== null) fieldFault('SIZE_MISMATCH', 'image_id', image.sizeFault);
  return image;
}

function readAnnotation(row: JsonObject, image: CocoImage, context: CocoContext) {
  for (const [member, content] of Object.entries(OTHER_TASKS)) {
    if (row[member] !== undefined) {
      fieldFault('INVALID_VALUE', member, `It holds ${content}, which is not taken over; import instances.`);
    }
  }
  const category = categoryOf(row, context);
  const attributes = readAttributes(row, category, context.isCrowdByDefault ?? false);
  const shape = cocoShape(row, image.size);
  const points = readKeypoints(row, image, category);
  const statements = [
    ...wholeStatement(row, shape, category?.name ?? null, attributes),
    ...points.statements,
  ];
  const said = isJsonObject(row.attributes) ? row.attributes : {};
  const annotator = idText(said.annotator);
  const shared = {
    image: image.name,
    annotator: textMember(annotator) ?? context.annotator,
    value: null,
    confidence: isAbsent(row.score) ? null : readConfidence(row.score),
    seconds: null,
    annotatedAt: null,
    occurrence: 0,
    ...(isPass(said.pass) && said.pass > 1 ? { pass: said.pass } : {}),
  };
  const drafts = statements.map((statement): AnnotationDraft => ({ ...shared, ...statement }));
  const [first] = drafts;
  const restored =
    first !== undefined && drafts.length === 1 && !isAbsent(row[EXTRA])
      ? restoreStatement(first, row[EXTRA], image.size)
      : null;
  const moved = restored !== null && isMoved(first!, restored) ? [MOVED] : [];
  return {
    drafts: restored === null ? drafts : [restored],
    notes: [...(shape?.notes ?? []), ...points.notes, ...moved],
    isBoxDifferent: shape?.isBoxDifferent ?? false,
  };
}

/** Which look of the annotator at the image it is, as our writer says it. */
function isPass(pass: unknown): pass is number {
  return Number.isSafeInteger(pass) && Number(pass) >= 1;
}

/** Whether another tool has since edited the members that it knows, and not the exact shape beside them. */
function isMoved(plain: AnnotationDraft, restored: AnnotationDraft): boolean {
  if (plain.geometry === null || restored.geometry === null) return plain.geometry !== restored.geometry;
  const [seen, exact] = [shapeBounds(plain.geometry), shapeBounds(restored.geometry)];
  return (['left', 'top', 'right', 'bottom'] as const).some((edge) => Math.abs(seen[edge] - exact[edge]) > 1);
}

function wholeStatement(
  row: JsonObject,
  shape: CocoShape | null,
  label: string | null,
  attributes: Statement['attributes'],
): Statement[] {
  if (shape !== null) {
    const { geometry } = shape;
    return [{ kind: geometry.kind, label, attribute: null, geometry, attributes }];
  }
  if (row.keypoints !== undefined) return [];
  if (label === null) fieldFault('INVALID_VALUE', 'category_id', 'It has neither a class nor a shape.');
  return [{ kind: 'CLASS', label, attribute: null, geometry: null, attributes }];
}

function categoryOf(row: JsonObject, context: CocoContext): CocoCategory | null {
  if (isAbsent(row.category_id)) {
    if (context.categories.size === 0) return null;
    return fieldFault('UNKNOWN_CLASS', 'category_id', 'It names no category; give it one.');
  }
  const category = context.categories.get(idText(row.category_id) ?? '');
  const id = JSON.stringify(row.category_id);
  return category ?? fieldFault('UNKNOWN_CLASS', 'category_id', `No category of this file has the id ${id}.`);
}

function readAttributes(row: JsonObject, category: CocoCategory | null, isCrowdByDefault: boolean) {
  const isCrowdStated = !isAbsent(row.iscrowd) && !(isCrowdByDefault && row.iscrowd === 0);
  const stated: [string, unknown][] = isCrowdStated ? [['iscrowd', Number(row.iscrowd)]] : [];
  if (category !== null && category.ambiguousId !== null) stated.push(['category_id', category.ambiguousId]);
  if (!isAbsent(row.attributes) && !isJsonObject(row.attributes)) {
    fieldFault('INVALID_VALUE', 'attributes', 'The attributes must be an object of names and values.');
  }
  for (const [name, value] of Object.entries(row.attributes ?? {})) {
    if (name === 'pass' && isPass(value)) continue;
    if (name !== 'annotator' && !isAbsent(value) && value !== '') stated.push([name, value]);
  }
  return stated.map(([name, value]) => {
    const text = typeof value === 'number' ? readingField(name, () => canonicalDecimal(value)) : value;
    if (typeof text !== 'boolean' && (typeof text !== 'string' || !isStorableText(name + text))) {
      fieldFault('INVALID_VALUE', 'attributes', `The attribute ${JSON.stringify(name)} has no plain value.`);
    }
    return { name, value: String(text) };
  });
}

/** Visibility 0 means not labelled (cocodataset.org, format of keypoint detection). */
function readKeypoints(row: JsonObject, image: CocoImage, category: CocoCategory | null) {
  const found = { statements: [] as Statement[], notes: [] as string[] };
  if (isAbsent(row.keypoints)) return found;
  const numbers = row.keypoints;
  if (
    !Array.isArray(numbers) ||
    numbers.length % 3 !== 0 ||
    !numbers.every((each) => typeof each === 'number')
  ) {
    return fieldFault(
      'INVALID_VALUE',
      'keypoints',
      'Keypoints are a list of numbers, x, y and visibility of each.',
    );
  }
  for (let index = 0; index < numbers.length; index += 3) {
    if (numbers[index + 2] === 0) continue;
    const [x, y, visibility] = numbers
      .slice(index, index + 3)
      .map((number: number) => readingField('keypoints', () => canonicalDecimal(number))) as [
      string,
      string,
      string,
    ];
    const geometry: Geometry = { kind: 'POINT', x, y };
    const { reasons } = checkGeometry(geometry, image.size);
    const attribute = category?.keypoints[index / 3] || `keypoint ${index / 3 + 1}`;
    if (reasons[0] !== undefined)
      fieldFault(reasons[0].code, 'keypoints', `${attribute}: ${reasons[0].message}`);
    const attributes = [{ name: 'visibility', value: visibility }];
    const object = idText(row.id);
    if (object !== null) attributes.push({ name: 'object', value: object });
    found.statements.push({ kind: 'POINT', label: category?.name ?? null, attribute, geometry, attributes });
  }
  if (found.statements.length === 0) {
    if (isAbsent(row.bbox) && isAbsent(row.segmentation)) {
      fieldFault(
        'DEGENERATE_GEOMETRY',
        'keypoints',
        'None of its keypoints is labelled, and it has no other shape.',
      );
    }
    found.notes.push('None of its keypoints is labelled.');
  }
  return found;
}

function readConfidence(score: unknown): string {
  if (typeof score !== 'number') return fieldFault('INVALID_VALUE', 'score', 'The score is no number.');
  return readingField('score', () => readQuantity(score, 1));
}
