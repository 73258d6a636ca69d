/** One measure of one run, as the report of runs reads it. */
export interface RunScore {
  /** Id of the run. */
  readonly run: string;
  readonly model: string;
  /** Digest of the snapshot it was trained on. */
  readonly snapshot: string;
  readonly split: string | null;
  /** The part trained on, where the run says one. */
  readonly trainedOn: string | null;
  /** Of a k-fold: its number, as the run says. */
  readonly fold: number | null;
  readonly repeat: number | null;
  readonly seed: string | null;
  /** What it was measured on. */
  readonly part: string;
  readonly metric: string;
  readonly value: number;
  /** Images trained on and measured on, where the run says. */
  readonly trainImages: number | null;
  readonly testImages: number | null;
}
