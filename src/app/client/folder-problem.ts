/** What is wrong with a file of a pulled folder. */
export interface FolderProblem {
  /** Path in the folder. */
  readonly file: string;
  readonly kind: 'missing' | 'altered' | 'extra' | 'withdrawn';
  readonly message: string;
}
