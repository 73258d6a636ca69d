import { encodeRuns, type RunLengthEncoding } from '../annotation/run-length-encoding.ts';
import { DomainError } from '../kernel/errors.ts';

/** An image whose pixels are labels, row by row from the top left. */
export interface LabelImage {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly values: ArrayLike<number>;
}

/** What the pixels of a mask mean; `null` where nobody said. */
export interface MaskReading {
  /** The one value of the object, or every value but 0. */
  readonly foreground: number | 'nonzero' | null;
  /** Each value but 0 is an object of its own. */
  readonly instances: boolean;
}

export interface Region {
  /** The value of its pixels; 1 where there is one object only. */
  readonly id: number;
  readonly mask: RunLengthEncoding;
}

/**
 * The objects of a label image, by their ids; none where no pixel is foreground. Which of two values is the object is
 * never guessed: masks of black on white and of white on black both occur, and read the wrong way round they agree
 * better than the right way. Throws INVALID_VALUE where nothing was said, and where what was said is none of the values.
 */
export function labelRegions(image: LabelImage, reading: MaskReading): Region[] {
  const { path, width, height, values } = image;
  if (values.length !== width * height)
    throw new DomainError(
      'SIZE_MISMATCH',
      `"${path}" has ${values.length} pixels, not ${width} × ${height}.`,
    );
  refuseAmbiguous(image, reading);
  const idOf = idsBy(reading);
  const regions = new Map<number, { runs: number[]; end: number }>();
  let index = 0;
  let [current, start] = [0, 0];
  const close = () => {
    if (current === 0) return;
    const region = regions.get(current) ?? { runs: [], end: 0 };
    region.runs.push(start - region.end, index - start);
    region.end = index;
    regions.set(current, region);
  };
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++, index++) {
      const id = idOf(values[y * width + x]!);
      if (id === current) continue;
      close();
      [current, start] = [id, index];
    }
  }
  close();
  return [...regions]
    .sort(([left], [right]) => left - right)
    .map(([id, { runs, end }]) => ({ id, mask: encodeRuns([height, width], [...runs, index - end]) }));
}

/**
 * Pixels that are neither the object nor the background of a mask said to be of one value: drawn over, or blurred. They
 * are background, for the object's value was said.
 */
export function strayPixels({ values }: LabelImage, { foreground, instances }: MaskReading): number {
  if (instances || typeof foreground !== 'number') return 0;
  const counts = new Map<number, number>();
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (value !== foreground) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const others = [...counts.values()];
  return others.reduce((sum, count) => sum + count, 0) - Math.max(0, ...others);
}

/** 0 for the background. */
function idsBy({ foreground, instances }: MaskReading): (value: number) => number {
  if (instances) return (value) => value;
  if (foreground === 'nonzero') return (value) => (value === 0 ? 0 : 1);
  return (value) => (value === foreground ? 1 : 0);
}

function refuseAmbiguous({ path, values }: LabelImage, { foreground, instances }: MaskReading): void {
  if (instances || foreground === 'nonzero') return;
  const found = new Set<number>();
  for (let at = 0; at < values.length && found.size < 4; at++) found.add(values[at]!);
  const list = [...found].sort((left, right) => left - right);
  const held = found.size > 3 ? 'four values or more' : `the values ${list.join(', ')}`;
  if (foreground === null)
    refuse(
      found.size > 2
        ? `"${path}" has ${held}; say what they are: --instances for one object a value, --foreground nonzero for one in all.`
        : `"${path}" has ${held}, and which of them is the object cannot be seen; say it: --foreground ${list.join(' or --foreground ')}.`,
    );
  if (found.size > 1 && Array.prototype.indexOf.call(values, foreground) < 0)
    refuse(
      `"${path}" has ${held}, and ${foreground}, said to be the object, is none of them; correct --foreground.`,
    );
}

function refuse(message: string): never {
  throw new DomainError('INVALID_VALUE', message);
}
