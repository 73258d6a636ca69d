import type { Colour } from '../../statistics/colour.ts';
import { worstColour } from '../../statistics/worst-colour.ts';
import { certifiedFigure } from '../certificate/certified-figure.ts';
import type { Counted, DataFacts } from '../documents/data-facts.ts';
import type { Publication } from '../publication/proposal-view.ts';

export const SNAPSHOT_CERTIFICATE_FORMAT = 'urn:holotype:snapshot-certificate:1';

/** What is known of a snapshot besides the facts of its data. */
export interface SnapshotStanding {
  readonly digest: string;
  readonly root: string;
  readonly size: number;
  readonly state: string;
  readonly publishedAt: Date;
  readonly tags: readonly string[];
  readonly view: number;
  readonly missing: readonly { readonly at: Date; readonly reason: string; readonly images: number }[];
  readonly publication: Publication | null;
  readonly deprecation: {
    readonly reason: string;
    readonly successor: string | null;
    readonly deprecatedAt: Date;
  } | null;
  /** Ids of the keys whose statement on it is kept. */
  readonly signedBy: readonly string[];
}

export type SnapshotCertificate = ReturnType<typeof snapshotCertificate>;

/** Everything that answers "which data was this model trained on?" of one snapshot: a pure function of what the record says of it. */
export function snapshotCertificate(facts: DataFacts, standing: SnapshotStanding) {
  const { subject, images, unit, terms, consents, statements, raters } = facts;
  const { publication, deprecation, missing, ...identity } = standing;
  const agreement =
    facts.reports.find(({ kind, alpha }) => kind === 'AGREEMENT' && alpha !== null)?.alpha ?? null;
  return {
    format: SNAPSHOT_CERTIFICATE_FORMAT,
    colour: colourOf(facts, standing),
    identity: { ...identity, publishedAt: identity.publishedAt.toISOString() },
    dataset: {
      slug: subject.dataset,
      title: subject.title,
      description: subject.description,
      custodian: subject.custodian,
      revision: subject.revision,
      parent: subject.parent,
      sensitivity: subject.isPersonal ? 'PERSONAL' : 'NONE',
    },
    composition: {
      images,
      unit,
      classes: facts.classes,
      labels: statements.labels.map(counted),
      captured: facts.captured,
      exclusions: { all: facts.exclusions.all, reasons: facts.exclusions.reasons.map(counted) },
      refused: { all: facts.refused.all, codes: facts.refused.codes.map(counted) },
    },
    raters: {
      kinds: raters.kinds.map(counted),
      expertise: raters.expertise.map(counted),
      models: raters.models,
      perImage: raters.perImage,
      statements: statements.all,
      guidelines: facts.guidelines,
      consensuses: facts.consensuses,
      agreement: agreement && certifiedFigure(agreement),
    },
    splits: facts.splits,
    cards: facts.reports.flatMap(({ kind, id, split, cards }) =>
      cards.map((card) => ({
        report: { kind, id, split },
        kind: card.kind,
        colour: card.colour,
        certainty: card.certainty,
        sentence: card.sentence,
        headline: certifiedFigure(card.headline),
        caveats: card.caveats.map(({ sentence }) => sentence),
      })),
    ),
    terms: { licence: subject.licence, dataUseTerms: subject.dataUseTerms, declared: terms, consents },
    publication: publication && {
      proposer: publication.proposer,
      proposedAt: publication.proposedAt.toISOString(),
      message: publication.message,
      rulesVersion: publication.rulesVersion,
      findings: publication.findings.map(({ rule, outcome, sentence }) => ({
        rule: rule.key,
        outcome,
        sentence,
      })),
      reviews: publication.reviews.map(({ reviewer, verdict, comment, at }) => ({
        reviewer,
        verdict,
        comment,
        at: at.toISOString(),
      })),
      waivers: publication.waivers.map(({ rule, waivedBy, reason, at }) => ({
        rule,
        waivedBy,
        reason,
        at: at.toISOString(),
      })),
      publishedBy: publication.publishedBy,
    },
    withdrawals: missing.map(({ at, reason, images: count }) => ({
      at: at.toISOString(),
      reason,
      images: count,
    })),
    deprecation: deprecation && { ...deprecation, deprecatedAt: deprecation.deprecatedAt.toISOString() },
    runs: facts.runs,
    fetch: {
      pull: `npx holotype pull ${standing.digest} FOLDER`,
      verify: `npx holotype verify FOLDER ${standing.digest} --withdrawals`,
      header: `/snapshots/${standing.digest}`,
    },
  };
}

/** Null: not shown, for it would tell of few people. */
const counted = ({ value, count }: Counted) => ({ value, count });

/** The worst of what was judged; a split that leaks is red, a snapshot that lacks images or is deprecated never green, and one of which nothing was judged grey. */
function colourOf(facts: DataFacts, { state }: SnapshotStanding): Colour {
  const judged = facts.reports.flatMap(({ cards }) => cards.map(({ colour }) => colour));
  if (facts.splits.some(({ leaks }) => leaks)) return 'RED';
  const worst = judged.length === 0 ? 'GREY' : worstColour(judged);
  return state !== 'PUBLISHED' && worst === 'GREEN' ? 'AMBER' : worst;
}
