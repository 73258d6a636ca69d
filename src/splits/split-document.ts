import { canonicalJson } from '../kernel/canonical-json.ts';
import { compareText } from '../kernel/compare-text.ts';
import { leafHash, merkleRoot } from '../kernel/merkle.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { partNames } from './part-names.ts';
import { SPLIT_ALGORITHM } from './split-order.ts';
import type { SplitAssignment, SplitKeys, SplitPart, SplitRequest, SplitStrategy } from './split-strategy.ts';

/** The header of a split: its canonical JSON is what the digest is of. No clock, name or database in it. */
export interface SplitDocument {
  readonly algorithm: typeof SPLIT_ALGORITHM;
  readonly strategy: SplitStrategy;
  readonly seed: string;
  readonly parts: readonly SplitPart[];
  readonly folds: number | null;
  readonly groupBy: string | null;
  readonly stratifyBy: string | null;
  readonly size: number;
  /** In the order of the parts. */
  readonly counts: readonly { readonly part: string; readonly images: number }[];
  /** RFC 9162 root, in hexadecimal, over the lines `{"id":…,"part":…}` in the order of the ids. */
  readonly root: string;
}

/** The split's document and its digest, `sha256:` and 64 hexadecimal characters; in any order of the assignment. */
export function splitDocument(
  request: SplitRequest,
  keys: SplitKeys,
  assignment: SplitAssignment,
): { document: SplitDocument; digest: string } {
  const images = new Map<string, number>();
  for (const { part } of assignment) images.set(part, (images.get(part) ?? 0) + 1);
  const document: SplitDocument = {
    algorithm: SPLIT_ALGORITHM,
    strategy: request.strategy,
    seed: request.seed,
    parts: request.parts.map(({ name, share }) => ({ name, share })),
    folds: request.folds,
    groupBy: keys.groupBy,
    stratifyBy: keys.stratifyBy,
    size: assignment.length,
    counts: partNames(request, assignment).map((part) => ({ part, images: images.get(part) ?? 0 })),
    root: assignmentRoot(assignment),
  };
  return { document, digest: `sha256:${sha256Hex(canonicalJson(document))}` };
}

function assignmentRoot(assignment: SplitAssignment): string {
  const sorted = [...assignment].sort((first, second) => compareText(first.image, second.image));
  return merkleRoot(sorted.map(({ image, part }) => leafHash(canonicalJson({ id: image, part })))).toString(
    'hex',
  );
}
