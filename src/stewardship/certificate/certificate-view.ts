import { sha256Hex } from '../../kernel/sha256.ts';
import type { FrozenSplit } from '../../splits/split.ts';
import { certificateJson } from './certificate-file.ts';
import { certificateHeading } from './certificate-heading.ts';

/** A certificate as GraphQL shows it, beside its report. */
export function certificateView(split: FrozenSplit, report: string) {
  const { document, json } = certificateJson(split, report);
  const { snapshot, manifest, name } = document;
  return {
    digest: `sha256:${sha256Hex(json)}`,
    address:
      snapshot === null
        ? `${manifest.address}/certificate`
        : `/snapshots/${snapshot}/certificates/${encodeURIComponent(name)}`,
    manifest: manifest.address,
    ...certificateHeading(document),
  };
}
