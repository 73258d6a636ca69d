import { type Colour, colour, type Verdict } from '../statistics/colour.ts';
import type { ContingencyTable } from '../statistics/contingency-table.ts';
import { type Estimate, notEstimable } from '../statistics/estimate.ts';
import { type FactorAssociation, factorAssociation } from '../statistics/factor-association.ts';
import { sum } from '../statistics/sum.ts';
import { type TellingPair, tellingPairs } from '../statistics/telling-pairs.ts';
import { THRESHOLDS } from '../statistics/thresholds.ts';
import { withQValues } from '../statistics/with-q-values.ts';
import type { BiasCounts } from './bias-counts.ts';
import { type Card, card } from './card.ts';
import { labelledImages } from './class-balance.ts';
import { countCellRows, countSubjects } from './count-subjects.ts';
import { estimateText, notEnoughData } from './estimate-text.ts';
import { hideSmallCounts, hideWith, smallCells } from './hide-small-counts.ts';
import { type LabelTable, labelTables } from './label-tables.ts';
import type { ReportInput } from './report-input.ts';

export interface LabelAssociation extends FactorAssociation {
  readonly factor: string;
  /** The class that is present or absent, where an image may show several; else null. */
  readonly label: string | null;
  readonly levels: number;
  /** Labelled images without a value of the factor, as a share of all labelled images. */
  readonly droppedShare: Estimate;
  readonly verdict: Verdict;
}

/** A class and a value that meet oftener, or more rarely, than chance would have it. */
export interface ListedPair {
  readonly factor: string;
  readonly level: string;
  readonly label: string;
  readonly images: Estimate;
  readonly lift: Estimate;
  readonly npmi: Estimate;
}

export interface AssociationReport {
  readonly cards: readonly Card[];
  /** Worst first, at most 200. */
  readonly associations: readonly LabelAssociation[];
  readonly associationCount: number;
  /** By falling |NPMI|, at most 50. */
  readonly pairs: readonly ListedPair[];
  readonly refusedFactors: readonly string[];
}

const LONGEST_LIST = 200;
const WORST_FIRST: readonly Colour[] = ['RED', 'AMBER', 'GREY', 'GREEN'];

/** Could the label be guessed from how the image was made, without looking at it? (specification §3) */
export function associationReport({ request, subjects, random }: ReportInput): AssociationReport {
  const { personal } = request;
  const counts = countSubjects(subjects);
  const tables = labelTables(counts, countCellRows(subjects));
  const associations = tables.map((table): LabelAssociation => {
    const name = `association of ${table.factor} with ${table.label ?? 'the label'}`;
    const measured = factorAssociation(table.table, random(name));
    return {
      ...measured,
      factor: table.factor,
      label: table.label,
      levels: table.levels.length,
      droppedShare: table.droppedShare,
      verdict: colour(measured.w, THRESHOLDS.cohenW.bands),
    };
  });
  const ordered = ranked(associations);
  const made = associationCard(counts, ordered, personal);
  return {
    cards: [made],
    associations: ordered.slice(0, LONGEST_LIST),
    associationCount: ordered.length,
    pairs: listedPairs(tables, associations, personal),
    refusedFactors: counts.factors.flatMap(({ name, status }) =>
      status === 'TOO_MANY_LEVELS' ? [name] : [],
    ),
  };
}

/** Worst first, each with its q over all tests of the report. */
function ranked(associations: readonly LabelAssociation[]): LabelAssociation[] {
  const q = withQValues(associations.map(({ corrected }) => corrected));
  return associations
    .map((association, index) => {
      const withQ = (estimate: Estimate) => ({ ...estimate, q: q[index]!.q });
      return {
        ...association,
        corrected: q[index]!,
        plain: withQ(association.plain),
        w: withQ(association.w),
      };
    })
    .sort(
      (a, b) =>
        WORST_FIRST.indexOf(a.verdict.colour) - WORST_FIRST.indexOf(b.verdict.colour) ||
        (b.w.interval?.lower ?? -1) - (a.w.interval?.lower ?? -1) ||
        (b.w.value ?? -1) - (a.w.value ?? -1),
    );
}

function listedPairs(
  tables: readonly LabelTable[],
  associations: readonly LabelAssociation[],
  personal: boolean,
): ListedPair[] {
  const attributes = tables.map(({ table }, index) => ({
    table,
    designEffect: associations[index]!.test.designEffect,
  }));
  const hidden = new Map<ContingencyTable, ReadonlySet<number>>();
  return tellingPairs(attributes).flatMap((pair): ListedPair[] => {
    const { table, factor, levels, labels } = tables[pair.attribute]!;
    const label = labels[pair.row];
    if (label === undefined || label === null) return [];
    if (personal && !hidden.has(table)) hidden.set(table, smallCells(table.total, table.columns));
    const images = imagesOf(pair, table, hidden.get(table));
    return [
      {
        factor,
        level: levels[pair.column]!,
        label,
        images,
        lift: hideWith(images, pair.lift),
        npmi: hideWith(images, pair.npmi),
      },
    ];
  });
}

function imagesOf(pair: TellingPair, table: ContingencyTable, hidden?: ReadonlySet<number>): Estimate {
  const basis = { imageCount: table.imageCount, unitCount: table.unitCount, method: 'images' };
  if (hidden?.has(pair.row * table.columns + pair.column))
    return notEstimable('SUPPRESSED', 'SMALL_COUNT', basis);
  return hideSmallCounts([pair.count], basis, false)[0]!;
}

function associationCard(counts: BiasCounts, ordered: readonly LabelAssociation[], personal: boolean): Card {
  const [worst] = ordered;
  const { labels, population } = counts;
  const basis = { imageCount: labelledImages(counts), unitCount: counts.labelledUnits, method: 'Cohen w' };
  const headline = worst?.w ?? notEstimable('NOT_APPLICABLE', 'NO_LABELLED_FACTOR', basis);
  const verdict = worst?.verdict ?? colour(headline, THRESHOLDS.cohenW.bands);
  const dropped = sum(ordered.map(({ droppedShare }) => droppedShare.value ?? 0)) > 0;
  return card({
    kind: 'LABEL_ASSOCIATION',
    verdict,
    sentence: sentenceOf(worst, verdict),
    headline,
    threshold: THRESHOLDS.cohenW,
    caveats: [
      'PATH_NOT_PROOF',
      population.imagesOfUnknownUnit > 0 ? 'UNIT_UNKNOWN' : null,
      labels.mode === 'MULTIPLE' ? 'MULTIPLE_LABELS' : null,
      labels.unlabelledImages > 0 ? 'UNLABELLED_DROPPED' : null,
      labels.tiedImages > 0 ? 'TIES_DROPPED' : null,
      dropped ? 'MISSING_DROPPED' : null,
      counts.factors.some(({ status }) => status === 'TOO_MANY_LEVELS') ? 'TOO_MANY_LEVELS' : null,
      personal ? 'SMALL_COUNTS_SUPPRESSED' : null,
    ],
  });
}

function sentenceOf(worst: LabelAssociation | undefined, verdict: Verdict): string {
  if (worst === undefined) return 'No labelled image has a recorded factor.';
  const label = worst.label === null ? 'the label' : `the class "${worst.label}"`;
  const text = `${worst.factor} goes with ${label}: w ${estimateText(worst.w)}, bias-corrected V ${estimateText(worst.corrected)}.`;
  if (verdict.colour === 'GREY') return `${notEnoughData(verdict)} ${text}`;
  return verdict.colour === 'GREEN'
    ? `No factor goes with the label at w .1 or more; the most: ${text}`
    : text;
}
