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

const MEMBERS = new Set(['image', 'part', 'correct', 'predicted']);

/** One row of outcomes as JSON or a table gives it; what is wrong with it, as text, otherwise. */
export function readOutcome(row: unknown): RunOutcome | string {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return 'is no object.';
  const unknown = Object.keys(row).find((name) => !MEMBERS.has(name));
  if (unknown !== undefined) return `has "${unknown}"; known are ${[...MEMBERS].join(', ')}.`;
  const { image, part, correct, predicted = null } = row as Record<string, unknown>;
  if (typeof image !== 'string' || !/^[0-9a-f]{32}$/.test(image))
    return 'image must be the id of an image, 32 hexadecimal characters.';
  if (typeof part !== 'string' || part.trim() === '' || part.length > 200 || !isStorableText(part))
    return 'part must be a name of 1–200 characters.';
  if (typeof correct !== 'number' || !(correct >= 0 && correct <= 1))
    return 'correct must be a number from 0 to 1.';
  if (predicted !== null && (typeof predicted !== 'string' || !isStorableText(predicted)))
    return 'predicted must be text, or be left out.';
  return { image, part, correct, predicted };
}
