import { CARD_KINDS } from '../../bias/cards/card.ts';
import { compareText } from '../../kernel/compare-text.ts';
import { DomainError, type Reason } from '../../kernel/errors.ts';

/** What each kind of rule says, what it is held against, and what it is about. The set is closed. */
export const RULE_KINDS = {
  NO_RED_LEAKAGE: {
    meaning: 'No split that is carried leaks: its certificate says so, and the leakage card of its report.',
    threshold: null,
    subject: null,
  },
  NO_RED_CARD: {
    meaning:
      'The card of this kind (subject) is not red, of every split that is carried where it is of splits.',
    threshold: null,
    subject: 'CARD',
  },
  AGREEMENT_AT_LEAST: {
    meaning: 'The lower limit of the interval of Krippendorff’s α is at least the threshold.',
    threshold: 'ALPHA',
    subject: null,
  },
  LICENCE_PRESENT: { meaning: 'The header names a licence.', threshold: null, subject: null },
  DATA_USE_TERMS_PRESENT: { meaning: 'Terms of data use are declared.', threshold: null, subject: null },
  MISSING_METADATA_AT_MOST: {
    meaning: 'At most this share (threshold) of the images lacks this field (subject).',
    threshold: 'SHARE',
    subject: 'FIELD',
  },
  GUIDELINE_PRESENT: {
    meaning: 'A guideline is kept, and every round of annotation names one.',
    threshold: null,
    subject: null,
  },
  SPLIT_PRESENT: { meaning: 'A frozen split is carried.', threshold: null, subject: null },
  NO_UNPINNED_PIXELS: {
    meaning: 'The digest pins the pixels of every image: none is by reference.',
    threshold: null,
    subject: null,
  },
  REVIEWED_BY_ANOTHER: {
    meaning: 'So many (threshold; 1 unless said) have approved it who did not propose it.',
    threshold: 'APPROVALS',
    subject: null,
  },
} as const satisfies Record<
  string,
  {
    meaning: string;
    threshold: null | 'ALPHA' | 'SHARE' | 'APPROVALS';
    subject: null | 'CARD' | 'FIELD';
  }
>;

export type RuleKind = keyof typeof RULE_KINDS;

export interface PublicationRule {
  readonly kind: RuleKind;
  /** What it is about, where the kind needs to be told. */
  readonly subject: string | null;
  readonly threshold: number | null;
}

/** The rules of a dataset in one version; a version once declared never changes. */
export interface PublicationRules {
  readonly datasetId: string;
  /** From 1; 0: none was ever declared. */
  readonly version: number;
  readonly rules: readonly PublicationRule[];
  readonly declaredBy: string | null;
  readonly declaredAt: Date | null;
}

/** By what a rule is named: its kind, and its subject behind a colon where it has one. */
export function ruleKey({ kind, subject }: PublicationRule): string {
  return subject === null ? kind : `${kind}:${subject}`;
}

/** The rules in the order of their keys; refused with every fault they have. */
export function checkedRules(declared: readonly PublicationRule[]): PublicationRule[] {
  const rules = declared.map((rule) =>
    rule.kind === 'REVIEWED_BY_ANOTHER' && rule.threshold === null ? { ...rule, threshold: 1 } : rule,
  );
  const keys = rules.map(ruleKey);
  const reasons = rules.flatMap((rule, index): Reason[] => {
    const fault = keys.indexOf(keys[index]!) === index ? faultOf(rule) : 'is declared twice.';
    if (fault === null) return [];
    const message = `rules: ${ruleKey(rule)} ${fault}`;
    return [{ path: ['rules', String(index)], code: 'BAD_INPUT', message }];
  });
  if (reasons.length > 0) throw new DomainError('BAD_INPUT', 'The rules are refused.', reasons);
  return rules.toSorted((one, other) => compareText(ruleKey(one), ruleKey(other)));
}

function faultOf({ kind, subject, threshold }: PublicationRule): string | null {
  const takes = RULE_KINDS[kind];
  if (takes.subject === null && subject !== null) return 'takes no subject.';
  if (takes.subject !== null && (subject ?? '').trim() === '')
    return takes.subject === 'CARD'
      ? 'needs a kind of card as its subject.'
      : 'needs a field as its subject.';
  if (takes.subject === 'CARD' && !(CARD_KINDS as readonly string[]).includes(subject!))
    return `knows no such card; write one of ${CARD_KINDS.join(', ')}.`;
  return thresholdFault(takes.threshold, threshold);
}

function thresholdFault(takes: 'ALPHA' | 'SHARE' | 'APPROVALS' | null, threshold: number | null) {
  if (takes === null) return threshold === null ? null : 'takes no threshold.';
  if (threshold === null) return 'needs a threshold.';
  if (takes === 'APPROVALS')
    return Number.isInteger(threshold) && threshold >= 1 && threshold <= 100
      ? null
      : 'needs a whole number of approvals, from 1 to 100.';
  return threshold >= 0 && threshold <= 1 ? null : 'needs a threshold from 0 to 1.';
}
