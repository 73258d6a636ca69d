import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import { checkGeometry, type Size } from '../annotation/geometry.ts';
import { isStorableText } from '../kernel/is-storable-text.ts';
import { fieldFault, readingField, refusingFaults } from './field-fault.ts';
import type { ImportPlan } from './import-plan.ts';
import { idText, isAbsent, isJsonObject, type JsonObject } from './json-members.ts';
import { isSameForm, labelStudioForms } from './label-studio-forms.ts';
import { labelStudioGeometry, labelStudioShape } from './label-studio-geometry.ts';
import { type LabelStudioImage, resultSize } from './label-studio-image.ts';
import {
  type LabelStudioAttribute,
  labelsOf,
  regionAttributes,
  wholeStatements,
} from './label-studio-values.ts';
import { readQuantity } from './read-quantity.ts';
import { blankStatement, EXTRA, restoreStatement } from './statement-json.ts';

/** One annotation or prediction, whose results are read. */
export interface LabelStudioSpeaker {
  readonly where: string;
  readonly image: LabelStudioImage;
  /** What all its statements share: annotator, pass, time. */
  readonly base: AnnotationDraft;
  readonly isModel: boolean;
  /** Of a prediction: a confidence for results without one. */
  readonly score: unknown;
  readonly attributes: readonly LabelStudioAttribute[];
  /** Of a prediction: what the keys of its statements begin with. */
  readonly keys: string | null;
  /** Keys of the predicted statements by the id of their region, which this person's region may correct. */
  readonly predicted: ReadonlyMap<string, readonly string[]>;
  /** The file has several controls of classes: which one it was is an attribute. */
  readonly namesControl: boolean;
}

export interface LabelStudioResult {
  /** Of the region. */
  readonly id: string | null;
  readonly drafts: readonly AnnotationDraft[];
  /** The statement is as our writer wrote it, its time included. */
  readonly isExact: boolean;
}

/** The statements of a list of results; those at fault are refused one by one. Results that share an id are one region. */
export function planLabelStudioResults(
  plan: ImportPlan,
  results: readonly unknown[],
  speaker: LabelStudioSpeaker,
): LabelStudioResult[] {
  const read: LabelStudioResult[] = [];
  const done = new Set<unknown>();
  const byId = new Map<string, JsonObject[]>();
  const shapes = new Map<string, JsonObject>();
  const partsById = new Map<string, JsonObject[]>();
  for (const result of results) {
    if (!isJsonObject(result)) continue;
    const [id, whole] = [
      idText(result.id),
      isJsonObject(result[EXTRA]) ? idText(result[EXTRA].partOf) : null,
    ];
    if (id !== null) addTo(byId, id, result);
    if (id !== null && !shapes.has(id) && isShape(result)) shapes.set(id, result);
    if (whole !== null) addTo(partsById, whole, result);
  }
  for (const [index, result] of results.entries()) {
    if (done.has(result)) continue;
    const id = isJsonObject(result) ? idText(result.id) : null;
    const where = `${speaker.where} result[${index}]${id === null ? '' : ` id ${id}`}`;
    refusingFaults(plan, where, () => {
      if (!isJsonObject(result)) return fieldFault('MALFORMED_FILE', null, 'A result must be an object.');
      const shape = id === null ? (isShape(result) ? result : undefined) : shapes.get(id);
      const members = shape === undefined || id === null ? [result] : byId.get(id)!;
      for (const member of members) done.add(member);
      const { exact, parts } = restored(shape ?? result, partsById.get(id ?? '') ?? [], speaker);
      for (const part of parts) done.add(part);
      const others = members.filter((each) => each !== shape);
      if (exact !== null) {
        const more = shape === undefined ? [] : regionAttributes(others, shape);
        read.push({ id, drafts: [{ ...exact, attributes: [...exact.attributes, ...more] }], isExact: true });
        return;
      }
      if (
        isJsonObject((shape ?? result)[EXTRA]) &&
        isAbsent(((shape ?? result)[EXTRA] as JsonObject).partOf)
      ) {
        plan.notes.push({
          where,
          message: 'It was edited since it was exported; the edited form is taken over.',
        });
      }
      const drafts =
        shape === undefined ? readWhole(result, speaker) : [readRegion(plan, shape, others, where, speaker)];
      read.push({ id, drafts: linked(drafts, id, speaker), isExact: false });
    });
  }
  return read;
}

function isShape({ type }: JsonObject): boolean {
  return typeof type === 'string' && labelStudioShape(type) !== null;
}

function addTo(lists: Map<string, JsonObject[]>, key: string, result: JsonObject): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [result]);
  else list.push(result);
}

/** The statement that our writer put beside a result, unless the result was edited since. */
function restored(result: JsonObject, parts: readonly JsonObject[], { base, image }: LabelStudioSpeaker) {
  const extra = result[EXTRA];
  const none = { exact: null, parts: [] };
  if (!isJsonObject(extra) || !Object.hasOwn(extra, 'kind')) return none;
  const size = resultSize(result, image);
  const { pass: _, ...person } = blankStatement(base.image, base.annotator);
  const exact = restoreStatement(person, extra, size);
  const forms = labelStudioForms(exact, size);
  const seen = [result, ...parts];
  const isSame =
    seen.length === forms.length &&
    forms.every((form, index) => {
      const { type, value } = seen[index]!;
      return isJsonObject(value) && isSameForm(form, type, value);
    });
  return isSame ? { exact, parts } : none;
}

function readWhole(result: JsonObject, { base, attributes, namesControl, ...speaker }: LabelStudioSpeaker) {
  const more = [...attributes, ...aboutResult(result, speaker.isModel)];
  return wholeStatements(result, namesControl).map(
    (said): AnnotationDraft => ({
      ...base,
      ...said,
      confidence: confidenceOf(result, speaker),
      attributes: [...said.attributes, ...more],
    }),
  );
}

function readRegion(
  plan: ImportPlan,
  result: JsonObject,
  others: readonly JsonObject[],
  where: string,
  { base, image, attributes, ...speaker }: LabelStudioSpeaker,
): AnnotationDraft {
  const shape = labelStudioShape(String(result.type))!;
  if (!isAbsent(result.image_rotation) && result.image_rotation !== 0) {
    fieldFault(
      'INVALID_VALUE',
      'image_rotation',
      `The image was turned by ${JSON.stringify(result.image_rotation)} degrees in Label Studio; turn it back there and export anew.`,
    );
  }
  if (!isJsonObject(result.value)) return fieldFault('MALFORMED_FILE', 'value', 'The result has no value.');
  const size: Size = resultSize(result, image);
  const value = result.value;
  const geometry = labelStudioGeometry(shape, value, size);
  const { reasons, notes } = checkGeometry(geometry, size);
  if (reasons[0] !== undefined) fieldFault(reasons[0].code, 'value', reasons[0].message);
  for (const message of notes) plan.notes.push({ where, message });
  const labels = [value, ...others.map((other) => (other.type === 'labels' ? other.value : null))].flatMap(
    (each) => (isJsonObject(each) ? labelsOf(each, shape) : []),
  );
  const [label = null, ...more] = new Set(labels);
  if (more.length > 0) {
    const message = `It has ${more.length + 1} labels: the first is its class, the others are attributes.`;
    plan.notes.push({ where, message });
  }
  return {
    ...base,
    kind: geometry.kind,
    label,
    geometry,
    confidence: confidenceOf(result, speaker),
    attributes: [
      ...more.map((each, index) => ({ name: `label ${index + 2}`, value: each })),
      ...regionAttributes(others, result),
      ...attributes,
      ...aboutResult(result, speaker.isModel),
    ],
  };
}

function confidenceOf(result: JsonObject, { isModel, score }: { isModel: boolean; score: unknown }) {
  const written = isModel ? (result.score ?? score) : null;
  if (isAbsent(written)) return null;
  if (typeof written !== 'number') return fieldFault('INVALID_VALUE', 'score', 'The score is no number.');
  return readingField('score', () => readQuantity(written, 1));
}

/** What Label Studio says of a result besides: how it came about, and notes on it. A person has no score of their own. */
function aboutResult(result: JsonObject, isModel: boolean): LabelStudioAttribute[] {
  const texts = isJsonObject(result.meta) && Array.isArray(result.meta.text) ? result.meta.text : [];
  const said: [string, unknown][] = [
    ['origin', result.origin === 'manual' ? null : result.origin],
    ['score', !isModel && typeof result.score === 'number' ? String(result.score) : null],
    ['comment', texts.filter((text) => typeof text === 'string').join('\n')],
    ['parent', result.parentID],
  ];
  return said.flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' && isStorableText(value) ? [{ name, value }] : [],
  );
}

/** A prediction's statements have keys; a person's region with the id of a predicted one corrects it. */
function linked(
  drafts: readonly AnnotationDraft[],
  id: string | null,
  { keys, predicted }: LabelStudioSpeaker,
): AnnotationDraft[] {
  if (id === null) return [...drafts];
  return drafts.map((draft, index) => {
    const corrects = predicted.get(id)?.[index];
    if (keys !== null) return { ...draft, key: `${keys}/${id}${index === 0 ? '' : `/${index + 1}`}` };
    return corrects === undefined ? draft : { ...draft, corrects };
  });
}
