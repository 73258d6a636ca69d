import type { RefusedRow } from '../catalogue/bulk.ts';
import type { ErrorCode } from '../kernel/errors.ts';

/** The stages of the flow (statistics.md §4) at which a candidate is lost before it is an image of the dataset. */
export type RefusalStage = 'COLLECTED' | 'DECODED';

/** A candidate that was refused at the door: a line of the exclusion ledger. */
export interface RefusedImage {
  readonly name: string;
  readonly stage: RefusalStage;
  readonly code: ErrorCode;
  readonly reason: string;
}

/** The bytes came, and decoding could make nothing of them. */
const UNDECODED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'UNSUPPORTED_MEDIA_TYPE',
  'EMPTY_FILE',
  'TRUNCATED_IMAGE',
  'CORRUPT_IMAGE',
  'MEDIA_TYPE_MISMATCH',
  'DECOMPRESSION_BOMB',
  'DECODE_TIMEOUT',
]);

/**
 * The stage at which a refusal loses its candidate: DECODED where its file could not be used, COLLECTED where it never
 * came so far. Null where nothing is lost: DUPLICATE_NAME speaks of an image that the dataset holds, and BLOB_MISSING
 * asks for bytes that are still to come.
 */
export function refusalStage(code: ErrorCode): RefusalStage | null {
  if (code === 'DUPLICATE_NAME' || code === 'BLOB_MISSING') return null;
  return UNDECODED.has(code) ? 'DECODED' : 'COLLECTED';
}

/** The candidates lost among refused rows, each once, under its first fault; a name that `isHeld` is not lost. */
export function refusedImages(
  rows: readonly RefusedRow[],
  isHeld: (name: string) => boolean,
): RefusedImage[] {
  const lost = new Map<string, RefusedImage>();
  for (const { name: given, code, message } of rows) {
    const name = ledgerName(given);
    const stage = refusalStage(code);
    if (stage === null || isHeld(given) || lost.has(name)) continue;
    lost.set(name, { name, stage, code, reason: message });
  }
  return [...lost.values()];
}

const LONGEST_NAME = 1024;
const SHOWN_OF_LONGER = 256;

/** A name too long for an image is kept by its beginning. */
function ledgerName(name: string): string {
  return name.length <= LONGEST_NAME ? name : [...name].slice(0, SHOWN_OF_LONGER).join('');
}
