import { compareText } from '../kernel/compare-text.ts';
import { DomainError } from '../kernel/errors.ts';
import type { RenderingOptions } from './rendering.ts';
import type { AnnotationDocument, ConsensusStatement, Statement } from './snapshot-documents.ts';

/** Whose word the one label of an image is. */
export type LabelSource = 'CONSENSUS' | 'ANNOTATOR' | 'PEOPLE' | 'REFERENCE' | 'MODELS';

export interface ImageTruth {
  /** Null: nobody labelled it, several classes tie, or it shows several classes. */
  readonly label: string | null;
  /** Share of those who labelled the image that gave the class, in (0, 1], by class name. They sum to 1 unless raters gave several classes. */
  readonly soft: readonly { readonly label: string; readonly share: number }[];
  /** Null where there is no label of any kind. */
  readonly source: LabelSource | null;
}

const SOURCES: readonly (readonly [LabelSource, readonly string[]])[] = [
  ['PEOPLE', ['HUMAN', 'GROUP']],
  ['REFERENCE', ['REFERENCE']],
  ['MODELS', ['MODEL', 'DERIVED']],
];

/**
 * The one label of an image where a format holds one: that of the consensus asked for, of the annotator asked for, else what most
 * people said at their first look; where no person labelled the image what its references say, else its models. Nothing is guessed: a tie is null.
 */
export function imageTruth(document: AnnotationDocument, options: RenderingOptions): ImageTruth {
  if (options.consensus !== null) {
    const said = consensusOf(document, options.consensus);
    if (said?.soft === undefined) return { label: null, soft: [], source: null };
    const soft = said.soft.map(({ label, share }) => ({ label, share: Number(share) }));
    return { label: said.label ?? null, soft, source: 'CONSENSUS' };
  }
  const labelled = statementsInForce(document, options).filter(
    ({ kind, label, pass }) => kind === 'CLASS' && label !== undefined && (pass ?? 1) === 1,
  );
  if (options.annotator !== null) return shared(labelled, 'ANNOTATOR');
  for (const [source, kinds] of SOURCES) {
    const said = labelled.filter(({ annotator }) => kinds.includes(annotator.kind));
    if (said.length > 0) return shared(said, source);
  }
  return { label: null, soft: [], source: null };
}

/** What the consensus of this name says of the image; null where it says nothing. */
export function consensusOf({ consensus = [] }: AnnotationDocument, name: string): ConsensusStatement | null {
  return consensus.find((said) => said.name === name) ?? null;
}

/** Every statement that no later one of the same annotator took back, of the annotator asked for where one is. */
export function statementsInForce(
  { annotations }: AnnotationDocument,
  { annotator }: Pick<RenderingOptions, 'annotator'>,
): Statement[] {
  const superseded = new Set(annotations.flatMap(({ supersedes }) => supersedes ?? []));
  return annotations.filter(
    ({ id, annotator: { name } }) => !superseded.has(id) && (annotator === null || name === annotator),
  );
}

function shared(statements: readonly Statement[], source: LabelSource): ImageTruth {
  const votes = new Map<string, number>();
  const raters = new Map<string, { voices: number; classes: number }>();
  for (const { label, annotator, votes: voices = 1 } of statements) {
    votes.set(label!, (votes.get(label!) ?? 0) + voices);
    const rater = raters.get(annotator.name) ?? { voices: 0, classes: 0 };
    const isGroup = annotator.kind === 'GROUP';
    raters.set(annotator.name, {
      voices: isGroup ? rater.voices + voices : 1,
      classes: isGroup ? 1 : rater.classes + 1,
    });
  }
  if (votes.size === 0) return { label: null, soft: [], source: null };
  const voices = [...raters.values()].reduce((sum, rater) => sum + rater.voices, 0);
  const most = Math.max(...votes.values());
  const leading = [...votes].filter(([, count]) => count === most).map(([label]) => label);
  const showsSeveral = [...raters.values()].some(({ classes }) => classes > 1);
  return {
    label: leading.length === 1 && !showsSeveral ? leading[0]! : null,
    soft: [...votes]
      .sort(([a], [b]) => compareText(a, b))
      .map(([label, count]) => ({ label, share: count / voices })),
    source,
  };
}

/** Refuses options that name what the snapshot does not have, or both. */
export function checkOptions(
  options: RenderingOptions,
  { consensus = [] }: { readonly consensus?: readonly { readonly name: string }[] },
): void {
  if (options.consensus !== null && options.annotator !== null)
    throw new DomainError('BAD_INPUT', 'consensus, annotator: one of them is the truth; give one.');
  if (options.consensus !== null && !consensus.some(({ name }) => name === options.consensus)) {
    const names = consensus.map(({ name }) => `"${name}"`).join(', ');
    throw new DomainError(
      'NOT_FOUND',
      `consensus: the snapshot carries no "${options.consensus}"; it carries ${names || 'none'}.`,
    );
  }
}
