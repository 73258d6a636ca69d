import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import type { Geometry, Size } from '../annotation/geometry.ts';
import { canonicalDecimal } from '../kernel/decimal.ts';
import type { ExportPlan, ExportSource, Loss } from './export-plan.ts';
import { emptyPlan } from './import-plan.ts';
import type { JsonObject } from './json-members.ts';
import { planCocoAnnotations } from './plan-coco-annotations.ts';
import { planCocoCategories } from './plan-coco-categories.ts';
import { rotatedCorners, shapeArea, shapeBounds } from './shape-bounds.ts';
import { differingMembers, EXTRA, statementJson } from './statement-json.ts';
import { classesOf, statementsByImage } from './statements-by-image.ts';

/** What another reader of the file sees of statements that COCO has no members for. */
const SEEN_ELSEWHERE: Partial<Record<AnnotationDraft['kind'], string>> = {
  ROTATED_BOX: 'Other readers of COCO see the polygon of its corners',
  ELLIPSE: 'Other readers of COCO see its enclosing box',
};

/**
 * Writes one COCO instances file, `annotations.json`. Ids count from 1: images in their order, classes in theirs,
 * annotations by image. BOX, POLYGON and MASK with a class are COCO's own, their annotator in `attributes.annotator`.
 *
 * Nothing is lost to our reader: what COCO cannot say stands under the key `holotype`, of an annotation (the members
 * that its own do not say; the shape of a ROTATED_BOX or ELLIPSE, which other readers see as a polygon or a box) or of
 * the file (statements that would be no object to other readers). The losses say what those others do not see. `area`
 * is geometric, and counts pixels where the shape is a mask.
 */
export function writeCoco(source: ExportSource): ExportPlan {
  const context = cocoContext(classesOf(source), !source.annotations.some(isNoCrowd));
  const { categories } = context;
  const annotations: JsonObject[] = [];
  const statements: JsonObject[] = [];
  const losses = new Map<string, Loss>();
  const byImage = statementsByImage(source);
  const images = source.images.map(({ name, width, height }, index) => {
    for (const draft of byImage.get(name)!) {
      const head = { id: annotations.length + 1, image_id: index + 1 };
      const row = cocoRow(draft, head, { width, height }, context);
      if (row === null) statements.push(cocoStatement(draft, head.image_id));
      else annotations.push(row);
      const unseen = unseenElsewhere(draft.kind, row !== null);
      if (unseen !== null) addLoss(losses, draft.kind, unseen);
    }
    return { id: index + 1, file_name: name, width, height };
  });
  const annotators = new Set(source.annotations.map(({ annotator }) => annotator)).size;
  if (annotators > 1)
    losses.set('annotators', { what: 'annotators', count: annotators, message: SEVERAL_ANNOTATORS });
  const content = writeFile({ info: { description: source.title }, licenses: [] }, [
    ['images', images],
    ['categories', categories],
    ['annotations', annotations],
    [
      EXTRA,
      {
        ...(context.isCrowdByDefault ? { defaults: { iscrowd: 0 } } : {}),
        annotators: source.annotators,
        statements,
      },
    ],
  ]);
  return { files: [{ path: 'annotations.json', content }], losses: [...losses.values()] };
}

export const SEVERAL_ANNOTATORS =
  'Other readers of COCO take the shapes of all annotators together for one truth.';

/** What the rows of one file share. */
export interface CocoContext {
  /** As they are written, ids from 1. */
  readonly categories: readonly {
    readonly id: number;
    readonly name: string;
    readonly supercategory: string;
  }[];
  readonly readCategories: ReturnType<typeof planCocoCategories>;
  readonly categoryIds: ReadonlyMap<string, number>;
  readonly isCrowdByDefault: boolean;
}

export function cocoContext(classes: readonly string[], isCrowdByDefault: boolean): CocoContext {
  const categories = classes.map((name, index) => ({ id: index + 1, name, supercategory: '' }));
  return {
    categories,
    readCategories: planCocoCategories(emptyPlan({ format: '', version: null, frame: '' }), categories),
    categoryIds: new Map(categories.map(({ id, name }) => [name, id])),
    isCrowdByDefault,
  };
}

/** A statement that is no object to other readers, as it stands under our own key. */
export function cocoStatement(draft: AnnotationDraft, imageId: number): JsonObject {
  return { image_id: imageId, ...statementJson(draft) };
}

/** What another reader does not see of a statement of this kind; null where nothing is hidden from it. */
export function unseenElsewhere(kind: AnnotationDraft['kind'], hasRow: boolean): string | null {
  const seen = hasRow ? SEEN_ELSEWHERE[kind] : 'Other readers of COCO do not see it';
  return seen === undefined ? null : `${seen}; ours restores it.`;
}

/** Null for a statement that is no object with a class and a breadth, or that our reader would not restore. */
export function cocoRow(
  draft: AnnotationDraft,
  head: { id: number; image_id: number },
  size: Size,
  { categoryIds, readCategories: categories, isCrowdByDefault }: CocoContext,
): JsonObject | null {
  const { geometry } = draft;
  if (draft.label === null || geometry === null) return null;
  if (geometry.kind === 'POINT' || geometry.kind === 'POLYLINE') return null;
  const row = {
    ...head,
    category_id: categoryIds.get(draft.label),
    bbox: boxOf(geometry),
    area: rounded(shapeArea(geometry)),
    segmentation: segmentationOf(geometry),
    iscrowd: draft.attributes.some(({ name, value }) => name === 'iscrowd' && value === '1') ? 1 : 0,
    ...(draft.confidence === null ? {} : { score: Number(draft.confidence) }),
    ...attributesOf(draft),
  };
  const read = emptyPlan({ format: '', version: null, frame: '' });
  const image = { name: draft.image, size, sizeFault: null };
  const images = new Map([[String(head.image_id), image]]);
  planCocoAnnotations(read, [row], { categories, isCrowdByDefault, annotator: null, images });
  const [plain] = read.annotations;
  if (plain === undefined) return null;
  const differing = differingMembers(draft, plain);
  return differing === null ? row : { ...row, [EXTRA]: differing };
}

/** Whether a tool said that it is no crowd, so that saying nothing is something else. */
export function isNoCrowd({ attributes }: AnnotationDraft): boolean {
  return attributes.some(({ name, value }) => name === 'iscrowd' && value === '0');
}

/** Members that hold the annotator or the pass are not to be taken for attributes of those names. */
function attributesOf({ annotator, pass, attributes }: AnnotationDraft): { attributes?: JsonObject } {
  const members = attributes
    .filter(({ name }) => name !== 'iscrowd' && name !== 'annotator' && name !== 'pass')
    .map(({ name, value }): [string, unknown] => [name, value]);
  if (annotator !== null) members.unshift(['annotator', annotator]);
  if ((pass ?? 1) > 1) members.push(['pass', pass]);
  return members.length === 0 ? {} : { attributes: Object.fromEntries(members) };
}

function segmentationOf(geometry: Geometry): unknown {
  if (geometry.kind === 'MASK') return { size: geometry.size, counts: geometry.counts };
  if (geometry.kind === 'POLYGON') return geometry.rings.map((ring) => ring.flat().map(Number));
  if (geometry.kind === 'ROTATED_BOX') return [rotatedCorners(geometry).flat().map(rounded)];
  return [];
}

function boxOf(geometry: Geometry): number[] {
  if (geometry.kind === 'BOX') return [geometry.x, geometry.y, geometry.width, geometry.height].map(Number);
  const { left, top, right, bottom } = shapeBounds(geometry);
  return [left, top, right - left, bottom - top].map(rounded);
}

/** Trigonometry differs in its last digits between machines; a millionth of a pixel does not. */
function rounded(number: number): number {
  return Number(canonicalDecimal(Number(number.toFixed(6))));
}

function addLoss(losses: Map<string, Loss>, what: string, message: string): void {
  losses.set(what, { what, count: (losses.get(what)?.count ?? 0) + 1, message });
}

/** One entry a line, so that two exports can be compared by lines. */
function writeFile(head: JsonObject, members: readonly (readonly [string, unknown])[]): string {
  const parts = Object.entries(head).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`);
  for (const [name, value] of members) parts.push(`"${name}": ${writeLines(value)}`);
  return `{\n${parts.join(',\n')}\n}\n`;
}

function writeLines(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? '[]' : `[\n${value.map((each) => JSON.stringify(each)).join(',\n')}\n]`;
  }
  if (Object.values(value as JsonObject).every((each) => !Array.isArray(each))) return JSON.stringify(value);
  const members = Object.entries(value as JsonObject);
  return `{${members.map(([name, each]) => `"${name}": ${writeLines(each)}`).join(', ')}}`;
}
