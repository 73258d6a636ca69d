import { documentJson } from './document-file.ts';
import type { GovernanceDocument } from './governance-document.ts';

/** A document as GraphQL shows it. */
export function documentView(document: GovernanceDocument) {
  const { kind, title, source, subject, completeness, items } = document;
  return {
    ...{ kind, title, source, items },
    ...{ revision: subject.revision, snapshot: subject.snapshot, answersAsOf: subject.answersAsOf },
    digest: `sha256:${documentJson(document).digest}`,
    address: documentAddress(document),
    completeness: { kind, ...completeness },
  };
}

/** Where the document is, without its form. */
function documentAddress({ name, subject }: GovernanceDocument): string {
  return subject.snapshot === null
    ? `/datasets/${subject.dataset}/documents/${name}`
    : `/snapshots/${subject.snapshot}/documents/${name}`;
}
