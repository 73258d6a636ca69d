/** GROUP: people who are only counted, by `votes`; REFERENCE: what its source takes for the truth. */
export const ANNOTATOR_KINDS = ['HUMAN', 'GROUP', 'MODEL', 'DERIVED', 'REFERENCE'] as const;
export type AnnotatorKind = (typeof ANNOTATOR_KINDS)[number];
