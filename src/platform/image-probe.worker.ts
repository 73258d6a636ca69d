import { type ErrorCode, isDomainError } from '../kernel/errors.ts';
import type { ImageFacts } from '../kernel/image-facts.ts';
import { type ProbeOptions, probeImage } from './image-probe.ts';

export interface ProbeTask {
  readonly path: string;
  readonly options: ProbeOptions;
}

/** A refusal crosses the thread boundary as data: error classes do not survive it. */
export type ProbeAnswer =
  | { readonly facts: ImageFacts }
  | { readonly refused: { readonly code: ErrorCode; readonly message: string } };

export default async function answer({ path, options }: ProbeTask): Promise<ProbeAnswer> {
  try {
    return { facts: await probeImage(path, options) };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return { refused: { code: error.code, message: error.message } };
  }
}
