/** One nominal variable of n images, in their order: a code in 0 … levels−1, or −1 where it is not known. */
export interface CodedVariable {
  readonly codes: Int16Array;
  readonly levels: number;
}

/** How the same n images lie in independent units, and the units in jackknife buckets. */
export interface UnitStructure {
  /** Of each image: its unit, 0 … unitCount−1. */
  readonly unitOf: Int32Array;
  /** Of each unit: its bucket, 0 … bucketCount−1. */
  readonly bucketOf: Uint8Array;
  readonly unitCount: number;
  readonly bucketCount: number;
}
