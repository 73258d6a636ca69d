/**
 * The classes of n images, in their order: those of image i are `codes[offsets[i]]` up to before `codes[offsets[i + 1]]`,
 * each of 0 … levels−1 and each once; none: not known. One each, or several where an image may show several.
 */
export interface CodedClasses {
  readonly offsets: Int32Array;
  readonly codes: Int16Array;
  readonly levels: number;
}
