import { canonicalJson } from '../kernel/canonical-json.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import type { RenderingOptions } from './rendering.ts';

/** All that the bytes of a rendering are a function of. */
export interface RenderingRequest {
  /** `sha256:HEX`. */
  readonly snapshot: string;
  /** How many withdrawals it has seen; 0 while nothing was withdrawn. */
  readonly view: number;
  readonly format: string;
  readonly version: number;
  readonly options: RenderingOptions;
  /** For documents that name addresses: where clients reach the server; null for all others. */
  readonly origin: string | null;
}

/** 64 hexadecimal characters: the same request has the same id on every server. */
export function renderingId({ snapshot, view, format, version, options, origin }: RenderingRequest): string {
  const { consensus, annotator } = options;
  const request = { snapshot, view, format, version, consensus, annotator, origin };
  return sha256Hex(`holotype-rendering/1\0${canonicalJson(request)}`);
}
