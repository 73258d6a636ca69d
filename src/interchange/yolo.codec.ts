import { parse, stringify } from 'yaml';
import { numberOccurrences } from '../annotation/annotation-draft.ts';
import { DomainError } from '../kernel/errors.ts';
import { readAnnotator } from './annotator-json.ts';
import type { ExportPlan, ExportSource } from './export-plan.ts';
import { refusingFaults } from './field-fault.ts';
import { type AnnotatorDraft, emptyPlan, type ImportPlan } from './import-plan.ts';
import { isJsonObject, type JsonObject, textMember } from './json-members.ts';
import { namesByStem } from './names-by-stem.ts';
import {
  planYoloLabels,
  type YoloContext,
  type YoloLabelFile,
  type YoloOptions,
  yoloKey,
} from './plan-yolo.ts';
import { EXTRA } from './statement-json.ts';
import { writeYoloLabels } from './write-yolo-labels.ts';
import type { YoloTask } from './yolo-row.ts';

type TextFile = { readonly path: string; readonly text: string };

/** Names of a thousand classes and lists of images; label files may be of any length. */
const LARGEST_DATA_FILE = 8 * 1024 * 1024;
const PARTS = ['train', 'val', 'test'];
const TASKS: readonly unknown[] = ['detect', 'segment', 'obb'];

/**
 * Reads a YOLO data set (Ultralytics): `data.yaml`, or `classes.txt`, and one label file for each image, whose path has
 * `labels` where the image's has `images`. All images of `sizes` are kept: without a label file, as background of which
 * nobody says anything; with an empty one, as EMPTY by its annotator. A row that cannot be taken over is refused with
 * its place. Throws MALFORMED_FILE for a data file that is no YAML.
 */
export function readYolo(files: readonly TextFile[], options: YoloOptions): ImportPlan {
  const plan = emptyPlan({ format: 'YOLO', version: null, frame: 'shares of the image, 0-based edges' });
  const data = readDataFile(plan, files);
  const extra = isJsonObject(data[EXTRA]) ? data[EXTRA] : {};
  const context: YoloContext = {
    options,
    names: readNames(plan, data, files),
    task: options.task ?? (TASKS.includes(extra.task) ? (extra.task as YoloTask) : 'segment'),
    hasKeypoints: data.kpt_shape !== undefined,
    byKey: groupBy(options.sizes.keys(), (name) => yoloKey(name, 'images')),
    byStem: namesByStem(options.sizes.keys()),
  };
  plan.classes = [...new Set(context.names.values())];
  if (context.hasKeypoints) {
    plan.notes.push({ where: 'kpt_shape', message: 'Keypoints are not taken over; the boxes are.' });
  }
  const folders = readFolders(plan, extra);
  const parts = new Map<string, string>();
  for (const file of files) {
    if (!/\.txt$/i.test(file.path) || isClassList(file)) continue;
    if (isImageList(file, data)) {
      plan.notes.push({
        where: file.path,
        message: 'Set aside: a list of images; parts are read from folders.',
      });
      continue;
    }
    const key = yoloKey(file.path, 'labels');
    const own = folders.find(({ folder }) => key.startsWith(folder));
    const label: YoloLabelFile = {
      ...file,
      key: own === undefined ? key : key.slice(own.folder.length),
      annotator: options.annotators?.get(file.path) ?? own?.annotator?.name ?? options.annotator,
      pass: own?.pass ?? 1,
    };
    refusingFaults(plan, file.path, () => {
      const image = planYoloLabels(plan, label, context);
      const part = partOf(label, data);
      if (part !== undefined && !parts.has(image)) parts.set(image, part);
    });
  }
  plan.images = [...options.sizes].map(([name, { width, height }]) => ({ name, width, height }));
  plan.parts = [...parts].map(([image, part]) => ({ image, part }));
  plan.annotations = numberOccurrences(plan.annotations);
  if (options.task === undefined && extra.task === undefined) noteCorners(plan);
  return plan;
}

/**
 * Writes `data.yaml` and `labels/…/x.txt`, to be laid beside `images/…/x.jpg`. With several annotators, or passes, each
 * has a tree of its own, `labels/<annotator>/…`: Ultralytics trains on one of them, moved to `labels/`. An image of
 * which an annotator says nothing has no file in their tree, one of which they say EMPTY has an empty one. Without
 * `task`: `segment` where there is a POLYGON, `obb` where there are rotated boxes, else `detect`.
 */
export function writeYolo(source: ExportSource, options: { readonly task?: YoloTask } = {}): ExportPlan {
  const { files, losses, task, names, sets } = writeYoloLabels(source, options.task);
  const parts = PARTS.filter((part) =>
    source.images.some(({ name }) => yoloKey(name, 'images').startsWith(`${part}/`)),
  );
  const data = {
    path: '.',
    ...(parts.length === 0
      ? { train: 'images' }
      : Object.fromEntries(parts.map((part) => [part, `images/${part}`]))),
    names: new Map(names.entries()),
    [EXTRA]: {
      task,
      annotators: sets.map(({ folder, annotator, pass }) => ({ folder, annotator, pass })),
    },
  };
  return { files: [{ path: 'data.yaml', content: stringify(data) }, ...files], losses };
}

function readDataFile(plan: ImportPlan, files: readonly TextFile[]): JsonObject {
  const found = files.filter(({ path }) => /\.ya?ml$/i.test(path));
  const [first, ...others] = found.sort((one, other) => one.path.length - other.path.length);
  for (const { path } of others)
    plan.notes.push({ where: path, message: `Set aside: ${first!.path} is read.` });
  if (first === undefined) return {};
  if (first.text.length > LARGEST_DATA_FILE) {
    throw new DomainError(
      'MALFORMED_FILE',
      `${first.path}: it is longer than ${LARGEST_DATA_FILE} characters.`,
    );
  }
  const data: unknown = readYaml(first);
  if (!isJsonObject(data))
    throw new DomainError('MALFORMED_FILE', `${first.path}: it is no map with \`names\`.`);
  return data;
}

function readYaml({ path, text }: TextFile): unknown {
  try {
    return parse(text, { logLevel: 'error' });
  } catch (error) {
    const fault = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new DomainError('MALFORMED_FILE', `${path}: it is no YAML: ${fault}`);
  }
}

function readNames(plan: ImportPlan, data: JsonObject, files: readonly TextFile[]): Map<number, string> {
  const lists = files.filter(isClassList).map(({ text }) =>
    text
      .replace(/^\uFEFF/, '')
      .trimEnd()
      .split(/\r\n|\n|\r/),
  );
  const written = data.names ?? lists[0] ?? {};
  const names = new Map<number, string>();
  for (const [index, value] of Object.entries(written as object)) {
    refusingFaults(plan, `names[${index}]`, () => {
      const name = textMember(typeof value === 'number' ? String(value) : value);
      if (name === null || !/^[0-9]+$/.test(index)) {
        throw new DomainError('INVALID_VALUE', `names: ${index} is no index with a name; write \`0: leaf\`.`);
      }
      names.set(Number(index), name);
    });
  }
  if (names.size === 0)
    plan.notes.push({ where: 'names', message: 'No class has a name; send the data.yaml along.' });
  return names;
}

function isClassList({ path }: TextFile): boolean {
  return /(?:^|\/)classes\.txt$/i.test(path);
}

/** `train: train.txt` names the images of a part one by one. */
function isImageList({ path }: TextFile, data: JsonObject): boolean {
  const lists = PARTS.flatMap((part) => data[part]).filter((each) => typeof each === 'string');
  return lists.some((list) => `/${path}`.endsWith(`/${list.replace(/^(?:\.{0,2}\/)+/, '')}`));
}

/** The trees of our own export. */
function readFolders(plan: ImportPlan, { annotators }: JsonObject) {
  const folders: { folder: string; annotator: AnnotatorDraft | null; pass: number }[] = [];
  for (const [index, row] of (Array.isArray(annotators) ? annotators : []).entries()) {
    const where = `${EXTRA}/annotators[${index}]`;
    refusingFaults(plan, where, () => {
      const { folder, annotator, pass } = isJsonObject(row) ? row : {};
      if (typeof folder !== 'string' || !Number.isSafeInteger(pass) || Number(pass) < 1) {
        throw new DomainError('INVALID_VALUE', `${where}: it has a folder, an annotator and a pass.`);
      }
      const draft = annotator === null ? null : readAnnotator(annotator, where);
      folders.push({ folder, annotator: draft, pass: Number(pass) });
      if (draft !== null && !plan.annotators.some(({ name }) => name === draft.name))
        plan.annotators.push(draft);
    });
  }
  return folders;
}

/** The part whose folder of images, as the data file says, this label file is beside. */
function partOf({ path, key }: YoloLabelFile, data: JsonObject): string | undefined {
  const beside = `${path.replaceAll('\\', '/')}`.replace(/(^|\/)labels\//, '$1images/');
  return PARTS.find((part) =>
    [data[part]].flat().some((folder) => {
      if (typeof folder !== 'string') return false;
      const under = folder.replace(/^(?:\.{0,2}\/)+/, '').replace(/\/*$/, '/');
      return (
        under !== 'images/' &&
        (beside.startsWith(under) || `images/${key}`.startsWith(under) || beside.includes(`/${under}`))
      );
    }),
  );
}

function noteCorners(plan: ImportPlan): void {
  const isFour = plan.annotations.some(
    ({ geometry }) => geometry?.kind === 'POLYGON' && geometry.rings[0]!.length === 4,
  );
  if (!isFour) return;
  const message =
    'Rows of four corners are taken as polygons; say the task "obb" where they are rotated boxes.';
  plan.notes.push({ where: 'labels', message });
}

function groupBy(names: Iterable<string>, keyOf: (name: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) groups.set(keyOf(name), [...(groups.get(keyOf(name)) ?? []), name]);
  return groups;
}
