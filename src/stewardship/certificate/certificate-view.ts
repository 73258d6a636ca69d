import { sha256Hex } from '../../kernel/sha256.ts';
import type { FrozenSplit } from '../../splits/split.ts';
import { certificateJson } from './certificate-file.ts';
import { certificateHeading } from './certificate-heading.ts';

/** A certificate as GraphQL shows it, beside its report. */
export function certificateView(split: FrozenSplit, report: string) {
  const { document, json } = certificateJson(split, report);
  const { address } = document.manifest;
  return {
    digest: `sha256:${sha256Hex(json)}`,
    address: `${address}/certificate`,
    manifest: address,
    ...certificateHeading(document),
  };
}
