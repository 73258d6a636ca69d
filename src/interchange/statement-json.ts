import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import { ANNOTATION_KINDS, checkGeometry, type Geometry, type Size } from '../annotation/geometry.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { isStorableText } from '../kernel/is-storable-text.ts';
import { fieldFault, readingField } from './field-fault.ts';
import { isJsonObject, type JsonObject } from './json-members.ts';
import { readQuantity } from './read-quantity.ts';
import { readInstant } from './read-time.ts';

/**
 * The key under which our files of another format carry what that format cannot say; its other readers pass over
 * keys that they do not know.
 */
export const EXTRA = 'holotype';

/** Members that speak of a whole image, and so have no geometry. */
const WHOLE: ReadonlySet<string> = new Set(['CLASS', 'ATTRIBUTE', 'VALUE', 'EMPTY', 'SKIP']);
const MEMBERS_OF_SHAPES: Record<Geometry['kind'], readonly string[]> = {
  POINT: ['x', 'y'],
  BOX: ['x', 'y', 'width', 'height'],
  ROTATED_BOX: ['centreX', 'centreY', 'width', 'height', 'degrees'],
  ELLIPSE: ['centreX', 'centreY', 'radiusX', 'radiusY', 'degrees'],
  POLYGON: ['rings'],
  POLYLINE: ['points'],
  MASK: ['size', 'counts'],
};

/** A statement of which nothing is said yet. */
export const blankStatement = (image: string, annotator: string | null): AnnotationDraft => ({
  image,
  annotator,
  kind: 'CLASS',
  label: null,
  attribute: null,
  value: null,
  geometry: null,
  confidence: null,
  seconds: null,
  annotatedAt: null,
  attributes: [],
  occurrence: 0,
});

/** The members in which `said` differs from `read`, by which a reader of `read` restores it; null where in none. */
export function differingMembers(said: AnnotationDraft, read: AnnotationDraft): JsonObject | null {
  const [members, others] = [membersOf(said), membersOf(read)];
  const differing = Object.entries(members).filter(
    ([name, value]) => value !== others[name] && comparable(value) !== comparable(others[name]),
  );
  return differing.length === 0 ? null : Object.fromEntries(differing);
}

/** All that a statement says, but for its image and its place among equals. */
export function statementJson(draft: AnnotationDraft): JsonObject {
  return { kind: draft.kind, ...differingMembers(draft, blankStatement(draft.image, null)) };
}

/** `read` with the members that `json` names set as it says. Throws the fault of a member that cannot be kept. */
export function restoreStatement(read: AnnotationDraft, json: unknown, size: Size | null): AnnotationDraft {
  if (!isJsonObject(json)) return fieldFault('INVALID_VALUE', EXTRA, 'It must be an object of members.');
  const restored: Record<string, unknown> = { ...read };
  for (const [name, value] of Object.entries(json)) {
    const member = `${EXTRA}/${name}`;
    restored[name] = readingField(member, () => readMember(name, value, member));
    if ((name === 'pass' || name === 'votes') && value === 1) delete restored[name];
    if ((name === 'key' || name === 'corrects') && value === null) delete restored[name];
  }
  const draft = restored as unknown as AnnotationDraft;
  const isFitting = WHOLE.has(draft.kind) ? draft.geometry === null : draft.geometry?.kind === draft.kind;
  if (!isFitting) fieldFault('INVALID_VALUE', `${EXTRA}/geometry`, `A ${draft.kind} has another shape.`);
  const [reason] = draft.geometry === null ? [] : checkGeometry(draft.geometry, size).reasons;
  if (reason !== undefined) fieldFault(reason.code, `${EXTRA}/geometry`, reason.message);
  return draft;
}

function membersOf(draft: AnnotationDraft): Record<string, unknown> {
  const { image: _, occurrence: __, attributes, pass, votes, key, corrects, ...members } = draft;
  return {
    ...members,
    attributes: attributes.map(({ name, value }) => [name, value]),
    pass: pass ?? 1,
    votes: votes ?? 1,
    key: key ?? null,
    corrects: corrects ?? null,
  };
}

/** The order of attributes says nothing. */
function comparable(value: unknown): string {
  return canonicalJson(
    Array.isArray(value) ? value.map((each: unknown) => JSON.stringify(each)).sort() : value,
  );
}

function readMember(name: string, value: unknown, member: string): unknown {
  switch (name) {
    case 'kind':
      if (!(ANNOTATION_KINDS as readonly unknown[]).includes(value)) break;
      return value;
    case 'annotator':
    case 'label':
    case 'attribute':
    case 'value':
    case 'key':
    case 'corrects':
      if (value !== null && !isText(value)) break;
      return value;
    case 'annotatedAt':
      if (value !== null && (typeof value !== 'string' || readInstant(value) === null)) break;
      return value === null ? null : readInstant(value as string);
    case 'confidence':
    case 'seconds':
      if (value !== null && typeof value !== 'string') break;
      return value === null ? null : readQuantity(value as string, name === 'confidence' ? 1 : undefined);
    case 'pass':
    case 'votes':
      if (!Number.isSafeInteger(value) || Number(value) < 1) break;
      return value;
    case 'attributes':
      if (!Array.isArray(value) || !value.every(isPairOfTexts)) break;
      return value.map(([attribute, text]) => ({ name: attribute, value: text }));
    case 'geometry':
      if (value !== null && !isGeometry(value)) break;
      return value;
  }
  return fieldFault('INVALID_VALUE', member, `${JSON.stringify(value)?.slice(0, 80)} is no such member.`);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && isStorableText(value);
}

function isPairOfTexts(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every(isText);
}

function isGeometry(value: unknown): value is Geometry {
  if (!isJsonObject(value) || !isText(value.kind) || !Object.hasOwn(MEMBERS_OF_SHAPES, value.kind))
    return false;
  const { kind, ...members } = value;
  const expected = MEMBERS_OF_SHAPES[kind as Geometry['kind']];
  if (Object.keys(members).sort().join() !== [...expected].sort().join()) return false;
  if (kind === 'POLYGON') return Array.isArray(members.rings) && members.rings.every(isPath);
  if (kind === 'POLYLINE') return isPath(members.points);
  if (kind === 'MASK') return typeof members.counts === 'string' && isPixelSize(members.size);
  return Object.values(members).every(isText);
}

const isPath = (value: unknown): boolean => Array.isArray(value) && value.every(isPairOfTexts);

const isPixelSize = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every((side) => Number.isSafeInteger(side) && side > 0);
