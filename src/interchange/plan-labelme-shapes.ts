import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import { checkGeometry } from '../annotation/geometry.ts';
import { isStorableText } from '../kernel/is-storable-text.ts';
import { fieldFault, refusingFaults } from './field-fault.ts';
import type { ImportPlan } from './import-plan.ts';
import { isAbsent, isJsonObject, type JsonObject } from './json-members.ts';
import { type DecodePng, readLabelMeShape } from './labelme-shape.ts';
import { blankStatement, EXTRA, restoreStatement } from './statement-json.ts';
import type { StoredFrame } from './stored-frame.ts';

export interface LabelMeFile {
  readonly path: string;
  readonly image: string;
  readonly annotator: string | null;
  readonly pass: number;
  /** Null where the size of the image is not known. */
  readonly frame: StoredFrame | null;
  readonly sizeFault: string | null;
  readonly decodePng?: DecodePng;
}

type Attributes = AnnotationDraft['attributes'];

/** How some write who drew a shape, LabelMe having no place for it. */
const ANNOTATOR = /^annotator=\s*(\S.*?)\s*$/;

/** Adds the shapes of one file. Polygons of one label that share a `group_id` are the parts of one object. */
export function planLabelMeShapes(plan: ImportPlan, shapes: readonly unknown[], file: LabelMeFile): void {
  const groups = new Map<string, number>();
  const found: AnnotationDraft[] = [];
  const extras = new Map<number, { extra: unknown; where: string }>();
  for (const [index, shape] of shapes.entries()) {
    const where = `${file.path} shapes[${index}]`;
    refusingFaults(plan, where, () => {
      if (!isJsonObject(shape)) return fieldFault('MALFORMED_FILE', null, 'A shape must be an object.');
      const { drafts, notes } = readShape(shape, file);
      for (const message of notes) plan.notes.push({ where, message });
      const extra = shape[EXTRA];
      const first = drafts[0]!;
      const group = isAbsent(shape.group_id) || first.kind !== 'POLYGON' ? null : groupOf(first);
      const known = group === null || !isAbsent(extra) ? undefined : groups.get(group);
      if (known !== undefined) {
        found[known] = withRings(found[known]!, first);
        return;
      }
      if (group !== null) groups.set(group, found.length);
      if (!isAbsent(extra) && drafts.length === 1) extras.set(found.length, { extra, where });
      found.push(...drafts);
    });
  }
  for (const [index, draft] of found.entries()) {
    const own = extras.get(index);
    if (own === undefined) plan.annotations.push(draft);
    else {
      refusingFaults(plan, own.where, () => {
        plan.annotations.push(restoreStatement(draft, own.extra, file.frame?.size ?? null));
      });
    }
  }
}

function readShape(shape: JsonObject, file: LabelMeFile): { drafts: AnnotationDraft[]; notes: string[] } {
  if (file.sizeFault !== null) return fieldFault('SIZE_MISMATCH', 'imageWidth', file.sizeFault);
  const { label } = shape;
  if (typeof label !== 'string' || label === '' || !isStorableText(label)) {
    return fieldFault('INVALID_VALUE', 'label', 'The shape has no label; give its class.');
  }
  const geometries = readLabelMeShape(shape, file.frame, file.decodePng);
  const { annotator, attributes } = readDetails(shape);
  const notes: string[] = [];
  const drafts = geometries.map((geometry): AnnotationDraft => {
    const check = checkGeometry(geometry, file.frame?.size ?? null);
    if (check.reasons[0] !== undefined) fieldFault(check.reasons[0].code, 'points', check.reasons[0].message);
    notes.push(...check.notes);
    return {
      ...blankStatement(file.image, annotator ?? file.annotator),
      kind: geometry.kind,
      label,
      geometry,
      attributes,
      ...(file.pass > 1 ? { pass: file.pass } : {}),
    };
  });
  return { drafts, notes };
}

function readDetails({ flags, description, group_id }: JsonObject) {
  const attributes: Attributes[number][] = [];
  for (const [name, value] of Object.entries(isJsonObject(flags) ? flags : {})) {
    if (typeof value !== 'boolean' || !isStorableText(name)) {
      fieldFault('INVALID_VALUE', 'flags', `The flag ${JSON.stringify(name)} is neither true nor false.`);
    }
    attributes.push({ name, value: String(value) });
  }
  const text = typeof description === 'string' && isStorableText(description) ? description : '';
  const annotator = ANNOTATOR.exec(text)?.[1] ?? null;
  if (text !== '' && annotator === null) attributes.push({ name: 'description', value: text });
  if (typeof group_id === 'number' || typeof group_id === 'string') {
    attributes.push({ name: 'group_id', value: String(group_id) });
  }
  return { annotator, attributes };
}

function groupOf({ label, annotator, attributes }: AnnotationDraft): string {
  return JSON.stringify([label, annotator, attributes.map(({ name, value }) => [name, value])]);
}

function withRings(object: AnnotationDraft, part: AnnotationDraft): AnnotationDraft {
  if (object.geometry?.kind !== 'POLYGON' || part.geometry?.kind !== 'POLYGON') return object;
  return {
    ...object,
    geometry: { kind: 'POLYGON', rings: [...object.geometry.rings, ...part.geometry.rings] },
  };
}
