import { canonicalJson } from '../kernel/canonical-json.ts';
import type { Decimal } from '../kernel/decimal.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import type { AnnotationKind, Geometry } from './geometry.ts';

/** One statement of one annotator about one image, as a source made it, before it is stored. */
export interface AnnotationDraft {
  /** The image's name in its dataset. */
  readonly image: string;
  /** The annotator's pseudonym; null where the source names none. */
  readonly annotator: string | null;
  readonly kind: AnnotationKind;
  /** The class. */
  readonly label: string | null;
  /** What is valued: the attribute of an ATTRIBUTE or VALUE, the keypoint of a POINT. */
  readonly attribute: string | null;
  readonly value: string | null;
  /** Null for CLASS, ATTRIBUTE, VALUE, EMPTY (seen, and nothing is there to mark) and SKIP, which speak of the whole image. */
  readonly geometry: Geometry | null;
  /** From 0 to 1. */
  readonly confidence: Decimal | null;
  /** Time spent, at least 0. */
  readonly seconds: Decimal | null;
  /** RFC 3339, UTC. */
  readonly annotatedAt: string | null;
  /** What the source says besides, e.g. `difficult`, `truncated`, `iscrowd`. */
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  /** 0 for the first of otherwise identical statements in one source, 1 for the second, … */
  readonly occurrence: number;
  /** 2, 3, … for the same annotator's later look at the same image, made independently of the first; 1 where absent. */
  readonly pass?: number;
  /** So many unnamed raters said it, of a GROUP that only counts them; 1 where absent. */
  readonly votes?: number;
  /** The source's own name of this statement, by which `corrects` refers to it; not kept. */
  readonly key?: string;
  /** `key` of the model's statement that this one of a person corrects. Both are kept. */
  readonly corrects?: string;
}

/**
 * 32 hexadecimal characters of SHA-256("holotype-annotation-id/1" ‖ 0x00 ‖ canonical JSON of the statement):
 * the same statement imported twice is the same annotation. The order of `attributes` says nothing and does not
 * count; the names of image and annotator are represented by their ids, and so is the statement that it `corrects`. What was
 * added to statements later (`pass`, `votes`, `corrects`) counts where it says something, so that older ids stay.
 */
export function annotationId(
  imageId: string,
  annotatorId: string,
  round: string | null,
  draft: Omit<AnnotationDraft, 'key' | 'corrects'> & { readonly corrects?: string | null },
): string {
  const statement = {
    imageId,
    annotatorId,
    round,
    kind: draft.kind,
    label: draft.label,
    attribute: draft.attribute,
    value: draft.value,
    geometry: draft.geometry,
    confidence: draft.confidence,
    seconds: draft.seconds,
    annotatedAt: draft.annotatedAt,
    attributes: draft.attributes.map(({ name, value }) => [name, value]).sort(byText),
    occurrence: draft.occurrence,
    ...((draft.pass ?? 1) === 1 ? {} : { pass: draft.pass }),
    ...((draft.votes ?? 1) === 1 ? {} : { votes: draft.votes }),
    ...(draft.corrects ? { corrects: draft.corrects } : {}),
  };
  return sha256Hex(`holotype-annotation-id/1\0${canonicalJson(statement)}`).slice(0, 32);
}

/** Numbers otherwise identical statements of one source in their order: the first keeps 0, the next gets 1, … */
export function numberOccurrences(drafts: readonly AnnotationDraft[]): AnnotationDraft[] {
  const seen = new Map<string, number>();
  return drafts.map((draft) => {
    const statement = JSON.stringify([
      draft.image,
      draft.annotator,
      draft.kind,
      draft.label,
      draft.attribute,
      draft.value,
      draft.geometry,
      draft.confidence,
      draft.seconds,
      draft.annotatedAt,
      draft.attributes.map(({ name, value }) => [name, value]).sort(byText),
      draft.pass ?? 1,
      draft.votes ?? 1,
      draft.corrects ?? null,
    ]);
    const occurrence = seen.get(statement) ?? 0;
    seen.set(statement, occurrence + 1);
    return { ...draft, occurrence };
  });
}

function byText(left: readonly string[], right: readonly string[]): number {
  const [a, b] = [JSON.stringify(left), JSON.stringify(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}
