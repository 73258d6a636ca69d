import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import type { Size } from '../annotation/geometry.ts';
import { isStorableText } from '../kernel/is-storable-text.ts';
import { fieldFault, refusingFaults } from './field-fault.ts';
import type { ImportPlan } from './import-plan.ts';
import { idText, isAbsent, isJsonObject, type JsonObject, textMember } from './json-members.ts';
import { type LabelStudioImage, labelStudioImage } from './label-studio-image.ts';
import { annotatedAtOf, annotatorOf, secondsOf } from './label-studio-speaker.ts';
import type { LabelStudioAttribute } from './label-studio-values.ts';
import { type LabelStudioResult, planLabelStudioResults } from './plan-label-studio-results.ts';
import { blankStatement, EXTRA, restoreStatement } from './statement-json.ts';

export interface LabelStudioOptions {
  /** Who annotated, where the file does not say. */
  readonly annotator: string | null;
  /** The true sizes of images by name, in stored pixels, where known. */
  readonly sizes?: ReadonlyMap<string, Size>;
  /** The field of a task's data that holds its image. */
  readonly imageField?: string;
}

interface LabelStudioContext extends LabelStudioOptions {
  readonly namesControl: boolean;
}

interface Entry {
  readonly where: string;
  readonly members: JsonObject;
  readonly isModel: boolean;
}

/** Adds the image of one task, and what annotations and predictions say of it. */
export function planLabelStudioTask(
  plan: ImportPlan,
  task: unknown,
  index: number,
  context: LabelStudioContext,
): void {
  const id = isJsonObject(task) ? idText(task.id) : null;
  const place = `task[${index}]${id === null ? '' : ` id ${id}`}`;
  refusingFaults(plan, place, () => {
    if (!isJsonObject(task)) return fieldFault('MALFORMED_FILE', null, 'A task must be an object.');
    const image = labelStudioImage(task, context);
    plan.images.push({ name: image.name, ...(image.known ?? image.stated) });
    const predictions = entriesOf(plan, task, 'predictions', place);
    const member = isAbsent(task.annotations) ? 'completions' : 'annotations';
    const annotations = entriesOf(plan, task, member, place);
    const drafts = Array.isArray(task.drafts) ? task.drafts.length : 0;
    if (drafts > 0)
      plan.notes.push({ where: place, message: `${drafts} drafts, not submitted, are not taken over.` });
    const passes = new Map<string, number>();
    const keys = new Map<string, Map<string, string[]>>();
    for (const entry of [...predictions, ...annotations]) {
      refusingFaults(plan, entry.where, () =>
        planEntry(plan, entry, image, { place, passes, keys, context }),
      );
    }
  });
}

interface Task {
  readonly place: string;
  readonly context: LabelStudioContext;
  /** Looks of each annotator so far. */
  readonly passes: Map<string, number>;
  /** Of each prediction by id, the keys of its statements by the id of their region. */
  readonly keys: Map<string, Map<string, string[]>>;
}

function entriesOf(plan: ImportPlan, task: JsonObject, member: string, place: string): Entry[] {
  const list = task[member] ?? [];
  if (!Array.isArray(list)) return fieldFault('MALFORMED_FILE', member, `The ${member} are no list.`);
  return list.flatMap((members: unknown, index) => {
    const where = `${place} ${member}[${index}]`;
    if (isJsonObject(members)) return [{ where, members, isModel: member === 'predictions' }];
    const message = 'It must be an object; export as JSON, with all of its results.';
    plan.refused.push({ where, field: null, code: 'MALFORMED_FILE', message });
    return [];
  });
}

function planEntry(plan: ImportPlan, entry: Entry, image: LabelStudioImage, task: Task): void {
  const { where, members, isModel } = entry;
  const { result: results = [], was_cancelled, ground_truth } = members;
  if (!Array.isArray(results)) throw fieldFault('MALFORMED_FILE', 'result', 'The results are no list.');
  const extra = isJsonObject(members[EXTRA]) ? members[EXTRA] : {};
  const annotator =
    readName(extra.annotator) ??
    (isModel ? (textMember(members.model_version) ?? 'model') : annotatorOf(members.completed_by)) ??
    task.context.annotator;
  if (isModel && annotator !== null)
    plan.annotators.push({ name: annotator, kind: 'MODEL', expertise: null });
  const isSkipped = was_cancelled === true;
  const pass = passOf(plan, extra.pass, JSON.stringify([annotator, isModel, isSkipped]), where, task.passes);
  const base: AnnotationDraft = {
    ...blankStatement(image.name, annotator),
    annotatedAt: annotatedAtOf(members),
    ...(pass === 1 ? {} : { pass }),
  };
  const attributes: LabelStudioAttribute[] =
    ground_truth === true ? [{ name: 'ground_truth', value: 'true' }] : [];
  const keys = isModel ? `${task.place}/${idText(members.id) ?? where}` : null;
  const read = isSkipped
    ? []
    : planLabelStudioResults(plan, results, {
        where,
        image,
        base,
        isModel,
        score: members.score,
        attributes,
        keys,
        predicted: isModel ? new Map() : predictedOf(members, task.keys),
        namesControl: task.context.namesControl,
      });
  const drafts = read.flatMap((each) => each.drafts);
  if (isModel) task.keys.set(idText(members.id) ?? where, keysById(read));
  const said = Array.isArray(extra.statements) ? extra.statements : [];
  for (const [index, statement] of said.entries()) {
    refusingFaults(plan, `${where} ${EXTRA}/statements[${index}]`, () => {
      const blank = blankStatement(image.name, annotator);
      plan.annotations.push(restoreStatement(blank, statement, image.known ?? image.stated));
    });
  }
  if (isSkipped && results.length > 0) {
    plan.notes.push({ where, message: `It was skipped; its ${results.length} results are not taken over.` });
  }
  if (said.length === 0 && (isSkipped || results.length === 0)) {
    drafts.push({ ...base, kind: isSkipped ? 'SKIP' : 'EMPTY', attributes });
  }
  const isNative = drafts.length > 0 && said.length === 0 && read.every(({ isExact }) => !isExact);
  for (const draft of isNative ? timed(plan, drafts, members, where) : drafts) plan.annotations.push(draft);
}

/** As our writer says it, spaces around it too. */
function readName(name: unknown): string | null {
  return typeof name === 'string' && name !== '' && isStorableText(name) ? name : null;
}

/** The time spent on an annotation stands on its first statement. */
function timed(plan: ImportPlan, drafts: AnnotationDraft[], members: JsonObject, where: string) {
  const seconds = secondsOf(members);
  if (seconds === null) return drafts;
  if (drafts.length > 1) {
    plan.notes.push({
      where,
      message: `Its ${seconds} seconds stand on the first of ${drafts.length} statements.`,
    });
  }
  return drafts.map((draft, index) => (index === 0 ? { ...draft, seconds } : draft));
}

/** Which look of the annotator at this image it is: what our writer says, else so many as there were before and one. */
function passOf(
  plan: ImportPlan,
  said: unknown,
  looker: string,
  where: string,
  passes: Map<string, number>,
): number {
  if (Number.isSafeInteger(said) && Number(said) >= 1) return Number(said);
  const pass = (passes.get(looker) ?? 0) + 1;
  passes.set(looker, pass);
  if (pass > 1) {
    plan.notes.push({ where, message: `Taken for the same annotator's look ${pass} at the same image.` });
  }
  return pass;
}

/** The prediction that the annotation started from; where it names none, every one of the task. */
function predictedOf({ parent_prediction: parent }: JsonObject, keys: Task['keys']): Map<string, string[]> {
  const named = isAbsent(parent) ? undefined : keys.get(idText(parent) ?? '');
  if (named !== undefined) return named;
  return new Map([...keys.values()].flatMap((each) => [...each]));
}

function keysById(read: readonly LabelStudioResult[]): Map<string, string[]> {
  const keys = read.flatMap(({ id, drafts }): [string, string[]][] =>
    id === null ? [] : [[id, drafts.flatMap(({ key }) => key ?? [])]],
  );
  return new Map(keys);
}
