import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import type { Size } from '../annotation/geometry.ts';
import { fieldFault, refusingFaults } from './field-fault.ts';
import type { ImportPlan } from './import-plan.ts';
import { blankStatement } from './statement-json.ts';
import { stem } from './stem.ts';
import { readYoloRow, type YoloTask } from './yolo-row.ts';

export interface YoloOptions {
  /** Who annotated, where neither `annotators` nor the data file of our own export says. */
  readonly annotator: string | null;
  /** The true sizes of all images by name, in stored pixels: YOLO states shares of them. */
  readonly sizes: ReadonlyMap<string, Size>;
  /** Annotators by the path of their label file. */
  readonly annotators?: ReadonlyMap<string, string>;
  /** What rows of corners are; without it, what the data file says, else polygons. */
  readonly task?: YoloTask;
}

export interface YoloContext {
  readonly options: YoloOptions;
  readonly task: YoloTask;
  readonly names: ReadonlyMap<number, string>;
  readonly hasKeypoints: boolean;
  /** Images by the path that their label file has, without its extension. */
  readonly byKey: ReadonlyMap<string, readonly string[]>;
  readonly byStem: ReadonlyMap<string, readonly string[]>;
}

export interface YoloLabelFile {
  readonly path: string;
  readonly text: string;
  /** `path` without `labels/`, the annotator's folder and the extension. */
  readonly key: string;
  readonly annotator: string | null;
  readonly pass: number;
}

/** The path under `images/` without extension, which is the path of the label file under `labels/`. */
export function yoloKey(path: string, folder: 'images' | 'labels'): string {
  const name = path.replaceAll('\\', '/');
  const under = `/${name}`.lastIndexOf(`/${folder}/`);
  const rest = under < 0 ? name : name.slice(under + folder.length + 1);
  const dot = rest.lastIndexOf('.');
  return dot > rest.lastIndexOf('/') + 1 ? rest.slice(0, dot) : rest;
}

/** Adds what one label file says; no row is an EMPTY: the file is there, so somebody saw that nothing is to be marked. */
export function planYoloLabels(plan: ImportPlan, file: YoloLabelFile, context: YoloContext): string {
  const image = imageOf(file, context);
  const size = context.options.sizes.get(image)!;
  const shared = {
    ...blankStatement(image, file.annotator),
    ...(file.pass > 1 ? { pass: file.pass } : {}),
  };
  const rows = file.text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  let clamped = 0;
  for (const [index, row] of rows.entries()) {
    const where = `${file.path}:${index + 1}`;
    if (row.trim() === '') continue;
    refusingFaults(plan, where, () => {
      const read = readYoloRow(row, context.task, size, context.hasKeypoints);
      const { geometry, confidence } = read;
      const draft: AnnotationDraft = {
        ...shared,
        kind: geometry.kind,
        label: labelOf(read.classIndex, context),
        geometry,
        confidence,
      };
      plan.annotations.push(draft);
      clamped += read.clamped;
      for (const message of read.notes) plan.notes.push({ where, message });
    });
  }
  if (rows.every((row) => row.trim() === '')) plan.annotations.push({ ...shared, kind: 'EMPTY' });
  if (clamped > 0) {
    const message = `${clamped} coordinates lay a millionth of the image or less beyond its edge; set to the edge.`;
    plan.notes.push({ where: file.path, message });
  }
  return image;
}

function imageOf({ key }: YoloLabelFile, { byKey, byStem }: YoloContext): string {
  const candidates = byKey.get(key) ?? byStem.get(stem(`${key}.txt`)) ?? [];
  if (candidates.length === 1) return candidates[0]!;
  const fault =
    candidates.length === 0
      ? 'No image of known size has this name; its shares cannot become pixels.'
      : `It may be about ${candidates.join(' or ')}.`;
  return fieldFault('UNKNOWN_IMAGE', null, fault);
}

function labelOf(index: number, { names }: YoloContext): string {
  const name = names.get(index);
  if (name === undefined) {
    return fieldFault(
      'UNKNOWN_CLASS',
      'class',
      `No class has the index ${index} in \`names\` of the data file.`,
    );
  }
  return name;
}
