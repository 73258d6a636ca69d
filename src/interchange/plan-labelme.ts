import type { Size } from '../annotation/geometry.ts';
import { readAnnotator } from './annotator-json.ts';
import { fieldFault, readingField, refusingFaults } from './field-fault.ts';
import type { ImportPlan } from './import-plan.ts';
import { isAbsent, isJsonObject, type JsonObject, otherMembers, textMember } from './json-members.ts';
import type { DecodePng } from './labelme-shape.ts';
import { type LabelMeFile, planLabelMeShapes } from './plan-labelme-shapes.ts';
import { blankStatement, EXTRA, restoreStatement } from './statement-json.ts';
import { stem } from './stem.ts';
import { storedFrame, turnedSize } from './stored-frame.ts';

export interface LabelMeOptions {
  /** Who annotated, where neither `annotators` nor the file says; LabelMe itself has no place for it. */
  readonly annotator: string | null;
  /** Annotators by the path of their file. */
  readonly annotators?: ReadonlyMap<string, string>;
  /** The true sizes of images by name, in stored pixels, where known. */
  readonly sizes?: ReadonlyMap<string, Size>;
  /** EXIF orientations by name, 1 to 8: LabelMe shows images after them, and its coordinates are of what it shows. */
  readonly orientations?: ReadonlyMap<string, number>;
  readonly decodePng?: DecodePng;
}

/** The options with the known names by their stem and their base name, for files that stand elsewhere. */
export interface LabelMeContext extends LabelMeOptions {
  readonly namesByStem: ReadonlyMap<string, readonly string[]>;
  readonly namesByBase: ReadonlyMap<string, readonly string[]>;
}

const KNOWN = new Set([
  'version',
  'flags',
  'shapes',
  'imagePath',
  'imageData',
  'imageHeight',
  'imageWidth',
  EXTRA,
]);
const KNOWN_OF_SHAPES = new Set([
  'label',
  'points',
  'group_id',
  'description',
  'shape_type',
  'flags',
  'mask',
  EXTRA,
]);

/** Adds what one file says to the plan. */
export function planLabelMe(plan: ImportPlan, path: string, root: JsonObject, options: LabelMeContext): void {
  if (!Array.isArray(root.shapes))
    fieldFault('MALFORMED_FILE', 'shapes', 'It has no list `shapes`; is this LabelMe?');
  const shapes = root.shapes as unknown[];
  const extra = isJsonObject(root[EXTRA]) ? root[EXTRA] : {};
  const image = imageOf(path, root, extra, options);
  const stated = statedSize(root);
  const file = {
    path,
    image,
    ...annotatorOf(plan, path, extra, options),
    ...frameOf(plan, path, image, stated, extra, options),
  };
  const stored = file.frame?.size ?? stated;
  plan.images.push({ name: image, ...stored });
  planLabelMeShapes(plan, shapes, file);
  const flags = planFlags(plan, root.flags, file);
  const statements = Array.isArray(extra.statements) ? extra.statements : [];
  for (const [index, row] of statements.entries()) {
    refusingFaults(plan, `${path} ${EXTRA}/statements[${index}]`, () => {
      if (file.sizeFault !== null) fieldFault('SIZE_MISMATCH', 'imageWidth', file.sizeFault);
      plan.annotations.push(restoreStatement(blankOf(file), row, file.frame?.size ?? null));
    });
  }
  const isEmpty = shapes.length === 0 && flags === 0 && statements.length === 0;
  if (isEmpty && file.sizeFault === null) plan.annotations.push({ ...blankOf(file), kind: 'EMPTY' });
  noteOthers(plan, path, root, shapes);
}

function annotatorOf(plan: ImportPlan, path: string, extra: JsonObject, options: LabelMeOptions) {
  const own = isAbsent(extra.annotator) ? null : readAnnotator(extra.annotator, `${EXTRA}/annotator`);
  if (own !== null && !plan.annotators.some(({ name }) => name === own.name)) plan.annotators.push(own);
  const pass = Number.isSafeInteger(extra.pass) && Number(extra.pass) > 1 ? Number(extra.pass) : 1;
  return { annotator: options.annotators?.get(path) ?? own?.name ?? options.annotator, pass };
}

/** The known image that `imagePath` means, seen from the file; else the path as it is written. */
function imageOf(
  path: string,
  { imagePath }: JsonObject,
  extra: JsonObject,
  options: LabelMeContext,
): string {
  const { sizes } = options;
  const written = textMember(imagePath)?.replaceAll('\\', '/') ?? null;
  const isAbsolute = written !== null && /^(?:\/|[A-Za-z]:\/)/.test(written);
  const base = written?.slice(written.lastIndexOf('/') + 1) ?? null;
  const plain = written === null ? null : isAbsolute ? base! : written.replace(/^(?:\.{1,2}\/)+/, '');
  const own = textMember(extra.image);
  if (sizes === undefined) return own ?? plain ?? stem(path);
  const exact = [own, written === null ? null : resolved(path, written), plain].find(
    (name) => name !== null && sizes.has(name),
  );
  if (!isAbsent(exact)) return exact;
  const candidates =
    base === null ? (options.namesByStem.get(stem(path)) ?? []) : (options.namesByBase.get(base) ?? []);
  if (candidates.length > 1) {
    fieldFault('UNKNOWN_IMAGE', 'imagePath', `"${written ?? path}" may be ${candidates.join(' or ')}.`);
  }
  return candidates[0] ?? own ?? plain ?? stem(path);
}

function resolved(path: string, written: string): string {
  const steps = path.replaceAll('\\', '/').split('/').slice(0, -1);
  for (const step of written.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

function statedSize({ imageWidth: width, imageHeight: height }: JsonObject): Size | null {
  const isSide = (side: unknown) => Number.isSafeInteger(side) && Number(side) > 0;
  return isSide(width) && isSide(height) ? { width: Number(width), height: Number(height) } : null;
}

function frameOf(
  plan: ImportPlan,
  path: string,
  image: string,
  stated: Size | null,
  extra: JsonObject,
  { sizes, orientations, decodePng }: LabelMeOptions,
): Pick<LabelMeFile, 'frame' | 'sizeFault' | 'decodePng'> {
  const orientation = extra.frame === 'stored' ? 1 : (orientations?.get(image) ?? 1);
  const known = sizes?.get(image) ?? (stated === null ? null : turnedSize(stated, orientation));
  const decoder = decodePng === undefined ? {} : { decodePng };
  if (known === null) {
    const message = `The size of "${image}" is not known; whether shapes lie inside it is not checked.`;
    plan.notes.push({ where: path, message });
    const sizeFault = orientation === 1 ? null : `"${image}" is shown turned, and its size is not known.`;
    return { frame: null, sizeFault, ...decoder };
  }
  const frame = storedFrame(known, orientation);
  const { width, height } = frame.shown;
  if (stated !== null && (stated.width !== width || stated.height !== height)) {
    const isTurned = stated.width === height && stated.height === width;
    const sizeFault =
      `The file states ${stated.width} × ${stated.height} pixels for "${image}", which has ${width} × ${height}` +
      `${orientation === 1 ? '' : ` after its EXIF orientation ${orientation}`}` +
      `${isTurned ? ' (turned: was it labelled after EXIF orientation?)' : ''}.`;
    plan.notes.push({ where: path, message: sizeFault });
    return { frame, sizeFault, ...decoder };
  }
  if (orientation !== 1) {
    const message = `"${image}" was shown after its EXIF orientation ${orientation}; its shapes are turned back to stored pixels.`;
    plan.notes.push({ where: path, message });
  }
  return { frame, sizeFault: null, ...decoder };
}

/** A flag that is set is a class of the image. One that is not may never have been looked at: LabelMe writes them all. */
function planFlags(plan: ImportPlan, flags: unknown, file: LabelMeFile): number {
  const entries = Object.entries(isJsonObject(flags) ? flags : {});
  const set = entries.filter(([, value]) => value === true);
  for (const [name] of set) {
    refusingFaults(plan, `${file.path} flags`, () => {
      const label = readingField('flags', () => textMember(name));
      if (label === null)
        return fieldFault('INVALID_VALUE', 'flags', 'A flag has no name that can be stored.');
      plan.annotations.push({ ...blankOf(file), kind: 'CLASS', label });
    });
  }
  const unset = entries.length - set.length;
  if (unset > 0)
    plan.notes.push({ where: file.path, message: `Not taken over: ${unset} flags that are not set.` });
  return set.length;
}

function blankOf({ image, annotator, pass }: LabelMeFile) {
  return { ...blankStatement(image, annotator), ...(pass > 1 ? { pass } : {}) };
}

function noteOthers(plan: ImportPlan, path: string, root: JsonObject, shapes: readonly unknown[]): void {
  const others = [
    ...otherMembers([root], KNOWN),
    ...otherMembers(shapes, KNOWN_OF_SHAPES).map((name) => `shapes/${name}`),
  ];
  if (others.length > 0) plan.notes.push({ where: path, message: `Not taken over: ${others.join(', ')}.` });
  if (typeof root.imageData === 'string' && root.imageData !== '') {
    const message =
      'The image embedded in it (imageData) is not read, nor compared with the image of its name.';
    plan.notes.push({ where: path, message });
  }
}
