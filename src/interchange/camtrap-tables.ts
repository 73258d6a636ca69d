import type { Size } from '../annotation/geometry.ts';

/** A row of a table by its columns; only cells with a value. */
export type CamtrapRow = ReadonlyMap<string, string>;

/** The three tables of a Camtrap DP package: their texts, or their paths. */
export interface CamtrapTables {
  readonly media: string;
  readonly deployments: string;
  readonly observations: string;
}

export interface CamtrapOptions {
  /** Who classified, where an observation does not say. */
  readonly annotator: string | null;
  /** True sizes of the images, where known. */
  readonly sizes?: ReadonlyMap<string, Size>;
}
