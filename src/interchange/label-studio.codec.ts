import { numberOccurrences } from '../annotation/annotation-draft.ts';
import { DomainError } from '../kernel/errors.ts';
import { readAnnotator } from './annotator-json.ts';
import { refusingFaults } from './field-fault.ts';
import { emptyPlan, type ImportPlan } from './import-plan.ts';
import { isJsonObject, type JsonObject, otherMembers } from './json-members.ts';
import { parseJson } from './parse-json.ts';
import { type LabelStudioOptions, planLabelStudioTask } from './plan-label-studio-task.ts';
import { EXTRA } from './statement-json.ts';

export { writeLabelStudio } from './write-label-studio.ts';

const KNOWN_OF_RESULTS = new Set(
  'id type source value from_name to_name original_width original_height image_rotation origin score meta parentID readonly hidden locked item_index holotype'.split(
    ' ',
  ),
);
const EXPORT_JSON = 'export the project as JSON, not as JSON_MIN or CSV';

/**
 * Reads the JSON export of Label Studio: tasks with annotations by people and predictions by models. Shapes in percent
 * become pixels. Choices are CLASS, texts ATTRIBUTE, ratings and numbers VALUE; without a result an annotation is EMPTY,
 * cancelled it is SKIP. Further controls of a region are its attributes. A person's region with the id of a predicted
 * one corrects it; both are kept. What `writeLabelStudio` puts under `holotype` is restored, unless the region was
 * edited since. People are named as the file names them. Throws MALFORMED_FILE for what is no such export.
 */
export function readLabelStudio(text: string, options: LabelStudioOptions): ImportPlan {
  const tasks = parse(text);
  const plan = emptyPlan({ format: 'Label Studio', version: null, frame: 'percent of the image' });
  const file = ourFile(tasks[0]);
  for (const [index, row] of listOf(file.annotators).entries()) {
    const where = `task[0] meta/${EXTRA}/annotators[${index}]`;
    refusingFaults(plan, where, () => plan.annotators.push(readAnnotator(row, where)));
  }
  const results = resultsOf(tasks);
  const controls = new Set(results.flatMap((each) => (each.type === 'choices' ? [each.from_name] : [])));
  const context = { ...options, namesControl: controls.size > 1 };
  for (const [index, task] of tasks.entries()) planLabelStudioTask(plan, task, index, context);
  const others = otherMembers(results, KNOWN_OF_RESULTS);
  if (others.length > 0)
    plan.notes.push({ where: 'result', message: `Not taken over: ${others.join(', ')}.` });
  plan.images = [...new Map(plan.images.map((image) => [image.name, image])).values()];
  const named = new Map<string, ImportPlan['annotators'][number]>();
  for (const each of plan.annotators) if (!named.has(each.name)) named.set(each.name, each);
  plan.annotators = [...named.values()];
  const classes = listOf(file.classes).filter(
    (name): name is string => typeof name === 'string' && name !== '',
  );
  const used = plan.annotations.flatMap(({ label }) => (label === null ? [] : [label]));
  plan.classes = [...new Set([...classes, ...used])];
  plan.annotations = numberOccurrences(plan.annotations);
  return plan;
}

function parse(text: string): readonly unknown[] {
  if (!/^\uFEFF?\s*[[{]/.test(text)) malformed(`The file is no JSON of Label Studio; ${EXPORT_JSON}.`);
  const value = parseJson(text);
  const tasks: readonly unknown[] = Array.isArray(value) ? value : [value];
  const objects = tasks.filter(isJsonObject);
  if (objects.length > 0 && !objects.some(({ data }) => isJsonObject(data))) {
    malformed(
      `No task of the file has \`data\` and \`annotations\`, so it does not say who said what; ${EXPORT_JSON}.`,
    );
  }
  return tasks;
}

/** What our writer says of the whole file, in its first task. */
function ourFile(task: unknown): JsonObject {
  const extra = isJsonObject(task) && isJsonObject(task.meta) ? task.meta[EXTRA] : null;
  return isJsonObject(extra) ? extra : {};
}

function resultsOf(tasks: readonly unknown[]): JsonObject[] {
  return tasks
    .filter(isJsonObject)
    .flatMap(({ annotations, completions, predictions }) =>
      [annotations, completions, predictions].flatMap(listOf),
    )
    .filter(isJsonObject)
    .flatMap(({ result }) => listOf(result))
    .filter(isJsonObject);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function malformed(message: string): never {
  throw new DomainError('MALFORMED_FILE', message);
}
