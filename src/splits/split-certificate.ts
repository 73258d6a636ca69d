import type { Leakage } from './find-leakage.ts';
import { partNames } from './part-names.ts';
import { ratioText } from './ratio-text.ts';
import { type SplitBalance, splitBalance } from './split-balance.ts';
import { SPLIT_ALGORITHM } from './split-order.ts';
import {
  type SplitAssignment,
  type SplitKeys,
  type SplitRequest,
  type SplitSubject,
  splitTraits,
} from './split-strategy.ts';

/** Findings of one kind beyond this number are counted, not listed. */
const LISTED = 1000;

export interface SplitCertificateInput {
  readonly request: SplitRequest;
  readonly keys: SplitKeys;
  readonly subjects: readonly SplitSubject[];
  readonly assignment: SplitAssignment;
  /** Of the split's document. */
  readonly digest: string;
  readonly leakage: Leakage;
  /** Why a split that leaks was frozen all the same; null where none was given. */
  readonly waiver: string | null;
  /** Further factors whose balance is stated, after that of the labels: image id → value where known. */
  readonly factors?: readonly { readonly name: string; readonly of: ReadonlyMap<string, string> }[];
}

interface NotApplicable {
  readonly status: 'NOT_APPLICABLE';
  readonly reason: string;
}

/** `count` is of all findings, `listed` the first thousand. NOT_EXAMINED is not "none found". */
type Finding<Item> =
  | {
      readonly status: 'EXAMINED';
      readonly of: number;
      readonly count: number;
      readonly listed: readonly Item[];
    }
  | { readonly status: 'NOT_EXAMINED'; readonly reason: string };

/** The proof a split carries: plain canonical JSON, decimals as text (architecture §6). */
export interface SplitCertificate extends SplitKeys, SplitRequest {
  readonly algorithm: typeof SPLIT_ALGORITHM;
  readonly digest: string;
  readonly size: number;
  readonly counts: readonly {
    readonly part: string;
    /** The share asked for (`0.7`, `1/5`); null where the parts come from values. */
    readonly asked: string | null;
    readonly share: string;
    readonly images: number;
    /** Distinct known groups, and images of unknown group; null without a group key. */
    readonly groups: number | null;
    readonly imagesWithoutGroup: number | null;
  }[];
  readonly missingGroupKeys:
    | NotApplicable
    | {
        readonly status: 'OK';
        readonly count: number;
        readonly of: number;
        readonly share: string | null;
        /** EACH_IMAGE_ITS_OWN_GROUP, or NOT_USED where the strategy does not group. */
        readonly treatment: 'EACH_IMAGE_ITS_OWN_GROUP' | 'NOT_USED';
      };
  readonly balance: readonly SplitBalance[];
  readonly leakage: {
    readonly leaks: boolean;
    readonly sharedGroups: Finding<Leakage['sharedGroups'][number]>;
    /** How many images have a value of each key looked at. */
    readonly groupKeys: Leakage['examined']['groupKeys'];
    readonly exactDuplicates: Finding<Leakage['exactDuplicates'][number]>;
    readonly nearDuplicates: Finding<object>;
  };
  readonly waiver: string | null;
}

export function splitCertificate(input: SplitCertificateInput): SplitCertificate {
  const { request, keys, subjects, assignment } = input;
  const parts = partNames(request, assignment);
  const labelsOf = new Map(subjects.map(({ image, labels }) => [image, labels]));
  const factors = input.factors ?? [];
  return {
    algorithm: SPLIT_ALGORITHM,
    digest: input.digest,
    strategy: request.strategy,
    seed: request.seed,
    parts: request.parts,
    folds: request.folds,
    groupBy: keys.groupBy,
    stratifyBy: keys.stratifyBy,
    size: assignment.length,
    counts: countParts(input, parts),
    missingGroupKeys: missingGroupKeys(input),
    balance: [
      splitBalance(keys.stratifyBy ?? 'label', parts, assignment, labelsOf),
      ...factors.map(({ name, of }) =>
        splitBalance(name, parts, assignment, new Map([...of].map(([image, value]) => [image, [value]]))),
      ),
    ],
    leakage: leakageFound(input.leakage),
    waiver: input.waiver,
  };
}

function countParts(
  { request, keys, subjects, assignment }: SplitCertificateInput,
  parts: readonly string[],
): SplitCertificate['counts'] {
  const groupOf = new Map(subjects.map(({ image, group }) => [image, group]));
  const tally = new Map(parts.map((part) => [part, { images: 0, alone: 0, groups: new Set<string>() }]));
  for (const { image, part } of assignment) {
    const count = tally.get(part)!;
    const group = groupOf.get(image) ?? null;
    count.images++;
    if (group === null) count.alone++;
    else count.groups.add(group);
  }
  return [...tally].map(([part, { images, alone, groups }], index) => ({
    part,
    asked: request.folds === null ? (request.parts[index]?.share ?? null) : `1/${request.folds}`,
    share: ratioText(images, assignment.length),
    images,
    groups: keys.groupBy === null ? null : groups.size,
    imagesWithoutGroup: keys.groupBy === null ? null : alone,
  }));
}

function missingGroupKeys({
  request,
  keys,
  subjects,
}: SplitCertificateInput): SplitCertificate['missingGroupKeys'] {
  if (keys.groupBy === null) return { status: 'NOT_APPLICABLE', reason: 'NO_GROUP_KEY' };
  const count = subjects.filter(({ group }) => group === null).length;
  return {
    status: 'OK',
    count,
    of: subjects.length,
    share: subjects.length === 0 ? null : ratioText(count, subjects.length),
    treatment: splitTraits(request.strategy).grouped ? 'EACH_IMAGE_ITS_OWN_GROUP' : 'NOT_USED',
  };
}

function leakageFound(leakage: Leakage): SplitCertificate['leakage'] {
  const { sharedGroups, exactDuplicates, nearDuplicates, examined } = leakage;
  return {
    leaks: sharedGroups.length + exactDuplicates.length + nearDuplicates.length > 0,
    sharedGroups: finding(sharedGroups, examined.groupKeys.length || null, 'NO_GROUP_KEY'),
    groupKeys: examined.groupKeys,
    exactDuplicates: finding(exactDuplicates, examined.digests || null, 'NO_DIGESTS'),
    nearDuplicates: finding(
      nearDuplicates.map(({ correlation, ...pair }) => ({
        ...pair,
        correlation: correlation === null ? null : ratioText(Math.round(correlation * 1e6), 1e6),
      })),
      examined.nearPairs,
      'NO_SEARCH',
    ),
  };
}

/** `of`: how many keys, digests or candidate pairs were looked at; null where there was nothing to look at. */
function finding<Item>(items: readonly Item[], of: number | null, reason: string): Finding<Item> {
  if (of === null) return { status: 'NOT_EXAMINED', reason };
  return { status: 'EXAMINED', of, count: items.length, listed: items.slice(0, LISTED) };
}
