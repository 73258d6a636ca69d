import type { AnnotatorKind } from '../../annotation/annotator-kind.ts';
import type { ImportPlan } from '../../interchange/import-plan.ts';
import type { ErrorCode } from '../../kernel/errors.ts';

/** What was not taken, where it stands, and why. `row` for a row of a table, `file` for all else. */
export interface RefusedItem {
  readonly row?: number;
  readonly file?: string;
  readonly field?: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** A candidate image that is not sent, because it or its row is at fault. */
export interface LostCandidate {
  readonly name: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** Images that are the same (`exact`), or look the same (`near`), by name. */
export interface DuplicateItem {
  readonly kind: 'exact' | 'near';
  readonly images: readonly string[];
  readonly digest?: string;
  readonly distance?: number;
  readonly correlation?: number;
}

export interface KindCounts {
  images: number;
  acquisition: number;
  annotations: number;
}

/** Where the identities behind pseudonyms are kept, on the machine of whoever imports. */
export interface PseudonymFile {
  readonly path: string;
  /** Persons of this import that have a pseudonym in it, and those that were new. */
  readonly used: number;
  readonly added: number;
}

/** What `holotype import --json` prints. The counts are those of this run. */
export interface ImportReport extends KindCounts {
  readonly dataset: string;
  /** The dataset's afterwards. */
  revision: number;
  readonly alreadyThere: KindCounts;
  readonly refused: RefusedItem[];
  readonly duplicates: DuplicateItem[];
  readonly notes: { readonly where: string; readonly message: string }[];
  /** What was read, and the frame its coordinates were converted from; null where nothing was. */
  source: ImportPlan['source'] | null;
  /** Who annotated that is not simply a person. */
  annotators: readonly { readonly name: string; readonly kind: AnnotatorKind }[];
  /** Where the persons behind pseudonyms stand; null where nobody was personal. */
  pseudonyms: PseudonymFile | null;
}

/** How far a long work has come; `total` is known at its start. */
export interface Progress {
  start(what: string, total: number): void;
  advance(by: number): void;
  stop(): void;
}

export const SILENT: Progress = { start: () => {}, advance: () => {}, stop: () => {} };

export interface BulkReport {
  readonly revision: number;
  readonly taken: number;
  readonly alreadyThere: number;
  readonly refused: readonly {
    readonly row: number;
    readonly name: string;
    readonly field: string | null;
    readonly code: ErrorCode;
    readonly message: string;
  }[];
}

export const BULK_REPORT =
  '... on BulkReport { revision taken alreadyThere refused { row name field code message } }';

export function newReport(dataset: string): ImportReport {
  return {
    dataset,
    revision: 0,
    images: 0,
    annotations: 0,
    acquisition: 0,
    alreadyThere: { images: 0, acquisition: 0, annotations: 0 },
    refused: [],
    duplicates: [],
    notes: [],
    source: null,
    annotators: [],
    pseudonyms: null,
  };
}

/** Adds what one batch came to; `place` says where in the source a row of the batch stands. */
export function addBatch(
  report: ImportReport,
  kind: keyof KindCounts,
  batch: BulkReport,
  place: (row: number) => Pick<RefusedItem, 'row' | 'file'>,
): void {
  report[kind] += batch.taken;
  report.alreadyThere[kind] += batch.alreadyThere;
  report.revision = Math.max(report.revision, batch.revision);
  for (const { row, field, code, message } of batch.refused) {
    const said = message.replace(/^row \d+(?: \([^\n]*?\))?: /, '');
    report.refused.push({ ...place(row), ...(field === null ? {} : { field }), code, message: said });
  }
}
