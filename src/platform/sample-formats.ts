import type { SampleFormat } from '../kernel/image-facts.ts';

/** The decoder's band formats: how a sample is stored, and in how many bits. */
export const SAMPLE_FORMATS: Readonly<Record<string, readonly [SampleFormat, number]>> = {
  uchar: ['UINT', 8],
  ushort: ['UINT', 16],
  uint: ['UINT', 32],
  char: ['INT', 8],
  short: ['INT', 16],
  int: ['INT', 32],
  float: ['FLOAT', 32],
  double: ['FLOAT', 64],
  complex: ['COMPLEX', 64],
  dpcomplex: ['COMPLEX', 128],
};
