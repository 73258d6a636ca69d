/** How the columns of a table are read. */
export interface TableReading {
  /** Field → column. */
  readonly mapping?: ReadonlyMap<string, string>;
  /** Field → template (column-template.ts), for what stands in no column as it is. */
  readonly set?: ReadonlyMap<string, string>;
  /** Columns that are not taken over. */
  readonly leaveOut?: readonly string[];
  /** Divides several labels in one cell. */
  readonly labelSeparator?: string | null;
}

/** A table divided into rows. The n-th row is line n + 2 of a spreadsheet. */
export interface TableRows {
  readonly delimiter: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The row of the source that each row was made of; its own unless said. */
  readonly numbers?: readonly number[];
}
