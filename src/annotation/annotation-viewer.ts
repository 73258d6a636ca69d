/** Who reads annotations: all of them, or what is not under seal and the own. */
export interface AnnotationViewer {
  readonly seesSealed: boolean;
  /** The reader's pseudonym in the dataset; null: none. */
  readonly pseudonym: string | null;
}

/** Whoever labels in a dataset is blind in its blind rounds, a curator too. */
export function annotationViewer(mayCurate: boolean, pseudonym: string | null): AnnotationViewer {
  return { seesSealed: mayCurate && pseudonym === null, pseudonym };
}

/** What reports, consensus and snapshots know: nothing under seal. */
export const PUBLIC_VIEW: AnnotationViewer = { seesSealed: false, pseudonym: null };
