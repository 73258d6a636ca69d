import type { CodedVariable } from '../../statistics/coded-variable.ts';
import { crossTabulate } from '../../statistics/cross-tabulate.ts';
import { type Estimate, estimate, notEstimable } from '../../statistics/estimate.ts';
import { exclusionOperators } from '../../statistics/exclusion-operators.ts';
import { SMALLEST_SHOWN_COUNT } from '../../statistics/suppress-small-counts.ts';
import { type ImageSelection, isIn } from '../images/image-selection.ts';
import type { NamedVariable } from '../subjects/subjects.ts';
import type { ExclusionContext } from './attrition-context.ts';
import type { AttritionFlow } from './attrition-flow.ts';

export interface SoleReasonRow {
  readonly reason: string;
  readonly person: string;
  readonly images: Estimate;
  readonly selection: ImageSelection;
}

/** Whether reasons for exclusion depend on a person: on who excluded, who photographed, or who labelled alone. */
export interface PersonExclusions {
  readonly role: PersonRole;
  readonly people: number;
  readonly association: Estimate;
  /** Reasons that one person alone gave, by falling images, at most 20. */
  readonly soleReasons: readonly SoleReasonRow[];
}

export type PersonRole = 'EXCLUDED_BY' | 'OPERATOR' | 'ANNOTATOR';

const MOST_PEOPLE = 1000;

/** The people known of the excluded images, role by role; at most 1000 of a role. */
export function personExclusions(context: ExclusionContext, flow: AttritionFlow): PersonExclusions[] {
  const hidden = new Set(
    flow.stages.flatMap(({ lost }) =>
      lost.flatMap(({ reason, images }) => (images.status === 'SUPPRESSED' ? [reason] : [])),
    ),
  );
  const { factors, exclusions } = context.subjects;
  const factor = (name: string) => factors.find((own) => own.name === name)?.variable ?? null;
  const roles: readonly (readonly [PersonRole, NamedVariable | null])[] = [
    ['EXCLUDED_BY', exclusions.by],
    ['OPERATOR', factor('operator')],
    ['ANNOTATOR', factor('annotator')],
  ];
  return roles.flatMap(([role, variable]) =>
    variable === null || context.outcomes.excluded === 0 ? [] : ofRole(role, variable, context, hidden),
  );
}

function ofRole(
  role: PersonRole,
  { codes, names }: NamedVariable,
  context: ExclusionContext,
  hidden: ReadonlySet<string>,
): PersonExclusions[] {
  const { subjects, outcomes, personal, random } = context;
  const people = peopleAmongExcluded(codes, outcomes.sides.codes);
  if (people.length === 0) return [];
  const basis = {
    imageCount: outcomes.excluded,
    unitCount: subjects.units.unitCount,
    method: 'Cramér V, bias-corrected',
  };
  if (people.length > MOST_PEOPLE) {
    const association = notEstimable('NOT_APPLICABLE', 'TOO_MANY_LEVELS', basis);
    return [{ role, people: people.length, association, soleReasons: [] }];
  }
  const place = new Int16Array(names.length).fill(-1);
  people.forEach((code, index) => {
    place[code] = index;
  });
  const reasonOf: CodedVariable = {
    codes: outcomes.byReason.codes.map((code) => code - 1),
    levels: outcomes.reasons.length,
  };
  const personOf = { codes: codes.map((code) => (code < 0 ? -1 : place[code]!)), levels: people.length };
  const table = {
    ...crossTabulate(subjects.units, [reasonOf, personOf]),
    rows: reasonOf.levels,
    columns: people.length,
  };
  const found = exclusionOperators(table, random(`exclusion reasons by ${role}`));
  const soleReasons = found.soleReasons.flatMap(({ reason, operator, imageCount }): SoleReasonRow[] => {
    const { kind, reason: text } = outcomes.reasons[reason]!;
    if (kind === 'OTHER') return [];
    const of = { ...basis, method: 'images' };
    const isHidden = hidden.has(text) || (personal && imageCount < SMALLEST_SHOWN_COUNT);
    return [
      {
        reason: text,
        person: names[people[operator]!]!,
        images: isHidden
          ? notEstimable('SUPPRESSED', 'SMALL_COUNT_OR_WOULD_REVEAL_ONE', of)
          : estimate({ ...of, value: imageCount }),
        selection: { where: [isIn('reason', text)], among: 'EXCLUDED' },
      },
    ];
  });
  return [{ role, people: people.length, association: found.association, soleReasons }];
}

/** The codes of those who have an excluded image, in their order. */
function peopleAmongExcluded(codes: Int16Array, sides: Int16Array): number[] {
  const seen = new Set<number>();
  sides.forEach((side, image) => {
    if (side === 1 && codes[image]! >= 0) seen.add(codes[image]!);
  });
  return [...seen].sort((a, b) => a - b);
}
