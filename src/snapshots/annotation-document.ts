import type { AnnotationKind, Geometry } from '../annotation/geometry.ts';
import type { RoundPurpose } from '../annotation/round-purpose.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { compareText } from '../kernel/compare-text.ts';
import { canonicalDecimal } from '../kernel/decimal.ts';
import { DomainError } from '../kernel/errors.ts';

export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** One statement of one rater. What is unknown is null here and left out of the document. */
export interface AnnotationEntry {
  /** Made of the statement's content, 32 lower-case hexadecimal characters; so is `supersedes`. */
  readonly id: string;
  readonly annotator: { readonly name: string; readonly kind: string; readonly expertise: string | null };
  readonly round: string | null;
  readonly guideline: string | null;
  readonly kind: AnnotationKind;
  readonly label: string | null;
  readonly attribute: string | null;
  readonly value: string | null;
  /** In the stored-pixel frame (before EXIF orientation), origin top-left; coordinates are decimal strings, run lengths integers. */
  readonly geometry: Geometry | null;
  /** In [0, 1], as the source stated it. */
  readonly confidence: string | number | null;
  readonly seconds: string | number | null;
  /** ISO 8601 as recorded, without a zone where the source gave none. */
  readonly annotatedAt: string | null;
  readonly attributes: readonly NamedValue[];
  readonly supersedes: string | null;
  /** What is 1, LABELLING or null here is left out of the document. */
  readonly pass: number;
  readonly votes: number;
  readonly purpose: RoundPurpose;
  readonly corrects: string | null;
}

/** What a consensus of this name says of the image; its other members are those of its method. */
export interface ConsensusEntry {
  readonly name: string;
}

const HEX_32 = /^[0-9a-f]{32}$/;

/**
 * The canonical annotation document of one image, one line without its LF: every rater's statements as made,
 * in the order of their ids, and apart from them what the consensuses say that the snapshot carries. `salt` is for datasets of personal data alone.
 */
export function annotationDocument(
  image: string,
  annotations: readonly AnnotationEntry[],
  salt?: string,
  consensuses: readonly ConsensusEntry[] = [],
): string {
  const sorted = [...annotations].sort((a, b) => compareText(a.id, b.id));
  sorted.forEach((annotation, index) => {
    const fault = !HEX_32.test(annotation.id)
      ? 'its id must be 32 lower-case hexadecimal characters'
      : annotation.id === sorted[index + 1]?.id && 'its id occurs twice';
    if (fault)
      throw new DomainError('INVALID_VALUE', `Annotation ${annotation.id} of image ${image}: ${fault}.`);
  });
  const derived = [...consensuses].sort((a, b) => compareText(a.name, b.name));
  return canonicalJson({
    annotations: sorted.map(toDocument),
    consensus: derived.length === 0 ? undefined : derived,
    image,
    salt,
  });
}

function toDocument(annotation: AnnotationEntry): Record<string, unknown> {
  const { annotator, attributes } = annotation;
  return {
    annotatedAt: annotation.annotatedAt ?? undefined,
    annotator: {
      expertise: annotator.expertise ?? undefined,
      kind: annotator.kind,
      name: annotator.name,
    },
    attribute: annotation.attribute ?? undefined,
    attributes: attributes.length > 0 ? sortedByName(attributes) : undefined,
    confidence: decimal(annotation.confidence),
    corrects: annotation.corrects ?? undefined,
    geometry: annotation.geometry ?? undefined,
    guideline: annotation.guideline ?? undefined,
    id: annotation.id,
    kind: annotation.kind,
    label: annotation.label ?? undefined,
    pass: annotation.pass === 1 ? undefined : annotation.pass,
    purpose: annotation.purpose === 'LABELLING' ? undefined : annotation.purpose,
    round: annotation.round ?? undefined,
    seconds: decimal(annotation.seconds),
    supersedes: annotation.supersedes ?? undefined,
    value: annotation.value ?? undefined,
    votes: annotation.votes === 1 ? undefined : annotation.votes,
  };
}

function sortedByName(values: readonly NamedValue[]): NamedValue[] {
  return values
    .map(({ name, value }) => ({ name, value }))
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.value, b.value));
}

function decimal(value: string | number | null): string | undefined {
  return value === null ? undefined : canonicalDecimal(value);
}
