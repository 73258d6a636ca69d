import type { Size } from '../annotation/geometry.ts';
import { fieldFault, refusingFaults } from './field-fault.ts';
import type { ImageDraft, ImportPlan } from './import-plan.ts';
import { idText, isJsonObject, type JsonObject, otherMembers, textMember } from './json-members.ts';

export interface CocoOptions {
  /** Who annotated, where an annotation does not say (`attributes.annotator`). */
  readonly annotator: string | null;
  /** The true sizes of images by file name, in stored pixels, where known. */
  readonly sizes?: ReadonlyMap<string, Size>;
}

export interface CocoImage {
  readonly name: string;
  /** Null where neither the file nor the caller knows it. */
  readonly size: Size | null;
  /** Why nothing said of this image can be placed; null where the sizes agree. */
  readonly sizeFault: string | null;
}

const KNOWN = new Set(['id', 'file_name', 'width', 'height', 'coco_url', 'date_captured', 'sha256', 'split']);

/** The images by id, and into the plan; images without annotations are kept. */
export function planCocoImages(
  plan: ImportPlan,
  rows: readonly unknown[],
  options: CocoOptions,
): Map<string, CocoImage> {
  const byId = new Map<string, CocoImage>();
  const names = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const where = `images[${index}]`;
    const name = isJsonObject(row) ? textMember(row.file_name) : null;
    const read = () => {
      if (!isJsonObject(row)) return fieldFault('MALFORMED_FILE', null, 'An image must be an object.');
      const id = idText(row.id);
      if (id === null) return fieldFault('INVALID_VALUE', 'id', 'The image has no id; give it one.');
      if (byId.has(id)) fieldFault('DUPLICATE_ROW', 'id', `Another image has the id ${id}; give it its own.`);
      const image = readImage(plan, where, row, options);
      byId.set(id, image);
      if (names.has(image.name)) {
        const message = `"${image.name}" stands under several ids, which are taken for one image.`;
        plan.notes.push({ where, message });
      } else {
        names.add(image.name);
        plan.images.push(draftOf(plan, where, row, image));
        planDetails(plan, index + 1, row, image.name);
      }
    };
    refusingFaults(plan, where, read, name);
  }
  const others = otherMembers(rows, KNOWN);
  if (others.length > 0)
    plan.notes.push({ where: 'images', message: `Not taken over: ${others.join(', ')}.` });
  return byId;
}

function readImage(plan: ImportPlan, where: string, row: JsonObject, options: CocoOptions): CocoImage {
  const name = textMember(row.file_name);
  if (name === null) {
    return fieldFault(
      'INVALID_VALUE',
      'file_name',
      `The image ${row.id} has no file name that can be stored.`,
    );
  }
  const stated = statedSize(row);
  const size = options.sizes?.get(name) ?? stated;
  if (size === null) {
    const message = `The size of "${name}" is not known; whether shapes lie inside it is not checked.`;
    plan.notes.push({ where, message });
  }
  const differs =
    size !== null && stated !== null && (size.width !== stated.width || size.height !== stated.height);
  if (!differs) return { name, size, sizeFault: null };
  const turned = size.width === stated.height && size.height === stated.width;
  const sizeFault =
    `The file states ${stated.width} × ${stated.height} pixels for "${name}", which has ` +
    `${size.width} × ${size.height}${turned ? ' (turned: was it labelled after EXIF orientation?)' : ''}.`;
  plan.notes.push({ where, message: sizeFault });
  return { name, size, sizeFault };
}

function statedSize({ width, height }: JsonObject): Size | null {
  const isSize =
    Number.isSafeInteger(width) && Number.isSafeInteger(height) && Number(width) > 0 && Number(height) > 0;
  return isSize ? { width: Number(width), height: Number(height) } : null;
}

function draftOf(plan: ImportPlan, where: string, row: JsonObject, image: CocoImage): ImageDraft {
  const digest = textMember(row.sha256)?.toLowerCase() ?? null;
  const address = textMember(row.coco_url);
  const hasDigest = digest !== null && /^[0-9a-f]{64}$/.test(digest);
  if (digest !== null && !hasDigest) {
    plan.notes.push({ where, message: `Its sha256 is not 64 hexadecimal characters and is not used.` });
  }
  return {
    name: image.name,
    ...statedSize(row),
    ...(address === null ? {} : { address }),
    ...(hasDigest ? { digest } : {}),
  };
}

function planDetails(plan: ImportPlan, row: number, source: JsonObject, image: string): void {
  const capturedAt = textMember(source.date_captured);
  if (capturedAt !== null) {
    plan.acquisition.push({ image, row, columns: [{ name: 'capturedAt', value: capturedAt }] });
  }
  const part = textMember(source.split);
  if (part !== null) plan.parts.push({ image, part });
}
