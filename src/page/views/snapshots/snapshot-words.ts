import { dictionary } from '../../language.tsx';

/** What every view of snapshots and proposals says. */
export const SNAPSHOT_WORDS = dictionary(
  {
    PUBLISHED: 'Published',
    DEPRECATED: 'Deprecated',
    DEGRADED: 'Degraded',
    PROPOSED: 'Proposed',
    APPROVED: 'Approved',
    REJECTED: 'Rejected',
    WITHDRAWN: 'Taken back',
    PASSED: 'Met',
    FAILED: 'Not met',
    NOT_ESTIMABLE: 'Cannot be told',
    AWAITED: 'Awaited',
    WAIVED: 'Waived',
    APPROVE: 'Approved',
    REJECT: 'Rejected',
    state: 'State',
    tags: 'Tags',
    tag: 'Tag',
    digest: 'Digest',
    images: 'Images',
    annotations: 'Annotations',
    revision: 'Revision',
    published: 'Published',
    proposed: 'Proposed',
    by: 'by',
    parent: 'Succeeds',
    none: 'none',
    rule: 'Rule',
    withdrawn: 'as published; those withdrawn since are gone',
    classes: 'Classes',
    unit: 'Unit (what is independent)',
    licence: 'Licence',
    elsewhere: (count: string) => `${count} of them lie elsewhere, and their pixels are not pinned`,
  },
  {
    PUBLISHED: 'Publié',
    DEPRECATED: 'Obsolète',
    DEGRADED: 'Dégradé',
    PROPOSED: 'Proposé',
    APPROVED: 'Approuvé',
    REJECTED: 'Rejeté',
    WITHDRAWN: 'Repris',
    PASSED: 'Respectée',
    FAILED: 'Non respectée',
    NOT_ESTIMABLE: 'Indécidable',
    AWAITED: 'Attendue',
    WAIVED: 'Dérogation',
    APPROVE: 'Approuvé',
    REJECT: 'Rejeté',
    state: 'État',
    tags: 'Étiquettes',
    tag: 'Étiquette',
    digest: 'Empreinte',
    images: 'Images',
    annotations: 'Annotations',
    revision: 'Révision',
    published: 'Publié',
    proposed: 'Proposé',
    by: 'par',
    parent: 'Succède à',
    none: 'aucun',
    rule: 'Règle',
    withdrawn: 'telles que publiées ; celles retirées depuis ont disparu',
    classes: 'Classes',
    unit: 'Unité (ce qui est indépendant)',
    licence: 'Licence',
    elsewhere: (count: string) => `${count} d’entre elles sont ailleurs, et leurs pixels ne sont pas fixés`,
  },
);

/** The part of a header that these views read (docs/snapshot-format.md); it is pinned by the digest. */
export interface Header {
  readonly dataset: string;
  readonly title: string;
  readonly license: string | null;
  readonly parent: string | null;
  readonly root: string;
  readonly size: number;
  readonly salted: boolean;
  readonly unit: string;
  readonly images: { readonly bytes: number; readonly reference: number };
  readonly classes: readonly { readonly name: string }[];
  readonly splits: Readonly<
    Record<string, { readonly counts: readonly { readonly part: string; readonly images: number }[] }>
  >;
  readonly consensus?: readonly { readonly name: string; readonly method: string }[];
}

export const headerOf = (text: string) => JSON.parse(text) as Header;
