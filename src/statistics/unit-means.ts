import type { CodedVariable, UnitStructure } from './coded-variable.ts';

/**
 * A measure and a factor in rows of which each unit has at most one a level: the mean of its images there. Images of one
 * unit resemble each other, so that a test that takes them as independent finds what is not there. `imageCount` and
 * `unitCount`: the images behind the rows, and the units that have one. Hurlbert 1984, Ecological Monographs 54:187.
 */
export interface UnitMeans {
  readonly values: Float64Array;
  readonly factor: CodedVariable;
  /** Of the rows, in the units and buckets of the images. */
  readonly units: UnitStructure;
  readonly imageCount: number;
  readonly unitCount: number;
}
