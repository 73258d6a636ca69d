export const JOB_KINDS = ['REPORT', 'CONSENSUS', 'RENDERING', 'SUCCESSOR'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

export const JOB_STATES = ['WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED'] as const;
export type JobState = (typeof JOB_STATES)[number];

export const OPEN_STATES: readonly JobState[] = ['WAITING', 'RUNNING'];

/** An order as its table keeps it, whatever was ordered. */
export interface OrderRow {
  readonly kind: JobKind;
  readonly id: string;
  readonly state: JobState;
  /** Null: nothing is counted. */
  readonly done: number | null;
  readonly total: number | null;
  readonly fault: string | null;
  readonly orderedAt: Date;
  readonly finishedAt: Date | null;
  /** REPORT and CONSENSUS: the request, JSON. */
  readonly request: string | null;
  /** What it becomes, or became: id of a report, a consensus or a proposal. */
  readonly made: string | null;
  /** RENDERING and SUCCESSOR: digest of the snapshot that it is of. */
  readonly snapshot: string | null;
  /** RENDERING: the form. */
  readonly format: string | null;
  /** To the microsecond: the sort key, with the id. */
  readonly moment: string;
}

/** A job as it is told: what every kind has, and what is asked of each. */
export function jobOf(row: OrderRow, mayCancel: boolean) {
  const { kind, id, state, fault, orderedAt, finishedAt, snapshot, format, moment } = row;
  const request = row.request === null ? {} : JSON.parse(row.request);
  const { kind: reportKind, revision, name, method, part } = request;
  const own = { reportKind, revision, name, method, part, split: request.split?.name ?? null, format };
  return {
    ...own,
    ...{ kind, id, state, orderedAt, finishedAt, moment },
    snapshot: snapshot ?? request.snapshot ?? null,
    made: state === 'DONE' ? row.made : null,
    error: fault,
    progress: row.done === null || row.total === null ? null : { done: row.done, total: row.total },
    cancellable: mayCancel && kind === 'CONSENSUS' && OPEN_STATES.includes(state),
    what: sentenceOf(kind, { ...own, snapshot: snapshot ?? request.snapshot ?? null }),
  };
}

export type Job = ReturnType<typeof jobOf>;

function sentenceOf(
  kind: JobKind,
  of: {
    reportKind?: string;
    revision?: number;
    name?: string;
    method?: string;
    part?: string | null;
    split: string | null;
    snapshot: string | null;
    format: string | null;
  },
): string {
  switch (kind) {
    case 'REPORT': {
      const part = of.part ? `, part ${of.part}` : '';
      const split = of.split ? ` on split ${of.split}${part}` : '';
      return `Report ${of.reportKind}${split} of ${of.snapshot ? `snapshot ${of.snapshot}` : `revision ${of.revision}`}`;
    }
    case 'CONSENSUS':
      return `Consensus ${of.name} by ${of.method} of revision ${of.revision}`;
    case 'RENDERING':
      return `Snapshot ${of.snapshot} as ${of.format}`;
    case 'SUCCESSOR':
      return `Successor of snapshot ${of.snapshot}, which a withdrawal degraded`;
  }
}
