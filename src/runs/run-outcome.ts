import { isStorableText } from '../kernel/is-storable-text.ts';

/** How one image came out. */
export interface RunOutcome {
  /** The image's id, 32 hexadecimal characters. */
  readonly image: string;
  readonly part: string;
  /** 1 right, 0 wrong, or a score between. */
  readonly correct: number;
  readonly predicted: string | null;
}

/** What is wrong with an outcome; `field` null: it is none at all. */
export interface OutcomeFault {
  readonly field: string | null;
  readonly message: string;
}

const MEMBERS = ['image', 'part', 'correct', 'predicted'];

/** One outcome as JSON gives it, or everything that is wrong with it. */
export function readOutcome(
  row: unknown,
): { readonly outcome: RunOutcome } | { readonly faults: readonly OutcomeFault[] } {
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    return { faults: [{ field: null, message: 'is no object.' }] };
  const { image, part, correct, predicted = null, ...unknown } = row as Record<string, unknown>;
  const faults: OutcomeFault[] = Object.keys(unknown).map((name) => {
    const field = name.slice(0, 100);
    return { field, message: `"${field}" is not known here; known are ${MEMBERS.join(', ')}.` };
  });
  const fault = (field: string, message: string) =>
    void faults.push({ field, message: `${field} ${message}` });
  if (!isImageId(image)) fault('image', 'must be the id of an image, 32 hexadecimal characters.');
  if (!isPartName(part)) fault('part', 'must be a name of 1–200 characters.');
  if (!isShare(correct)) fault('correct', 'must be a number from 0 to 1.');
  if (!isTextOrNull(predicted)) fault('predicted', 'must be text, or be left out.');
  return faults.length > 0 ? { faults } : { outcome: { image, part, correct, predicted } as RunOutcome };
}

const isImageId = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value);

const isPartName = (value: unknown) =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 200 && isStorableText(value);

const isShare = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1;

const isTextOrNull = (value: unknown) =>
  value === null || (typeof value === 'string' && isStorableText(value));
