import type { Size } from '../annotation/geometry.ts';
import { isStorableText } from '../kernel/is-storable-text.ts';
import { mediaTypeOfName } from '../kernel/media-type.ts';
import { fieldFault } from './field-fault.ts';
import { isJsonObject, type JsonObject } from './json-members.ts';
import { EXTRA } from './statement-json.ts';

export interface LabelStudioImage {
  readonly name: string;
  /** As the first result with a size states it. */
  readonly stated: Size | null;
  /** The true size, where known. */
  readonly known: Size | null;
}

interface Options {
  readonly imageField?: string;
  readonly sizes?: ReadonlyMap<string, Size>;
}

/** Label Studio writes eight hexadecimal digits and a hyphen before the name of a file that was uploaded. */
const UPLOAD = /^[0-9a-f]{8}-(?=.)/;

/**
 * The image of a task: what our writer says, else `data[imageField]`, else the first value of `data` that looks like the
 * path of an image. Of a path or address the last part is the name, or as much of its end as is a known image.
 */
export function labelStudioImage(task: JsonObject, options: Options): LabelStudioImage {
  const extra = isJsonObject(task.meta) && isJsonObject(task.meta[EXTRA]) ? task.meta[EXTRA] : {};
  const said = typeof extra.image === 'string' && extra.image !== '' ? extra.image : null;
  const name = said ?? nameOf(addressOf(task, options.imageField), options.sizes);
  if (name === '' || !isStorableText(name)) {
    return fieldFault('INVALID_VALUE', 'data', 'The task has no image with a name; give its path.');
  }
  const stated = [extra, ...resultsOf(task)].map(statedSize).find((size) => size !== null) ?? null;
  return { name, stated, known: options.sizes?.get(name) ?? null };
}

/** The pixels of the image that a result means. Throws SIZE_MISMATCH for those of another image, MALFORMED_FILE for none. */
export function resultSize(result: JsonObject, { name, stated, known }: LabelStudioImage): Size {
  const own = statedSize(result);
  const expected = known ?? stated;
  const size = own ?? expected;
  if (size === null || expected === null) {
    return fieldFault(
      'MALFORMED_FILE',
      'original_width',
      `The file does not state the size of "${name}"; give it.`,
    );
  }
  if (size.width !== expected.width || size.height !== expected.height) {
    return fieldFault(
      'SIZE_MISMATCH',
      'original_width',
      `The file states ${size.width} × ${size.height} pixels for "${name}", which has ${expected.width} × ${expected.height}; send the labels of this image.`,
    );
  }
  return size;
}

function statedSize(members: JsonObject): Size | null {
  const width = members.original_width ?? members.width;
  const height = members.original_height ?? members.height;
  const isSide = (side: unknown) => Number.isSafeInteger(side) && Number(side) > 0;
  return isSide(width) && isSide(height) ? { width: Number(width), height: Number(height) } : null;
}

function resultsOf(task: JsonObject): JsonObject[] {
  const lists = [task.annotations, task.completions, task.predictions].flatMap((list): unknown[] =>
    Array.isArray(list) ? list : [],
  );
  return lists
    .flatMap((each): unknown[] => (isJsonObject(each) && Array.isArray(each.result) ? each.result : []))
    .filter(isJsonObject);
}

function addressOf({ data }: JsonObject, field: string | undefined): string {
  if (!isJsonObject(data))
    return fieldFault('MALFORMED_FILE', 'data', 'The task has no data; is this Label Studio?');
  if (field !== undefined) {
    const value = data[field];
    return typeof value === 'string'
      ? value
      : fieldFault('INVALID_VALUE', `data/${field}`, `The data of the task have no text "${field}".`);
  }
  const texts = Object.entries(data).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const found =
    texts.find(([, text]) => mediaTypeOfName(partsOf(text).at(-1) ?? '') !== null) ??
    texts.find(([name]) => /^(?:image|img|url)$/i.test(name)) ??
    texts.find(([, text]) => text.includes('/'));
  if (found !== undefined) return found[1];
  return fieldFault(
    'INVALID_VALUE',
    'data',
    'None of the data of the task is the path of an image; name its field.',
  );
}

function nameOf(address: string, sizes: ReadonlyMap<string, Size> | undefined): string {
  const parts = partsOf(address);
  const last = parts.at(-1) ?? '';
  const ends = parts.map((_, index) => parts.slice(index).join('/'));
  const names = [last, ...ends, last.replace(UPLOAD, '')];
  return names.find((name) => sizes?.has(name)) ?? last;
}

/** The parts of a path, decoded; local files of Label Studio are `/data/local-files/?d=path`. */
function partsOf(address: string): string[] {
  const local = /[?&]d=([^&#]*)/.exec(address)?.[1];
  const isAddress = /^[a-z][a-z0-9+.-]*:\/\/|^\/data\//i.test(address);
  const path = local ?? (isAddress ? address.replace(/[?#].*$/s, '') : address);
  return decoded(path)
    .split(/[\\/]/)
    .filter((part) => part !== '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
