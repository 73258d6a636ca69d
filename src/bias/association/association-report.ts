import { associatedValues } from '../../statistics/associated-values.ts';
import { benjaminiHochberg } from '../../statistics/benjamini-hochberg.ts';
import { confoundingSearch } from '../../statistics/confounding-search.ts';
import { testedPairs } from '../../statistics/tested-pairs.ts';
import type { Card } from '../cards/card.ts';
import type { ReportInput } from '../report-input.ts';
import { associationCard } from './association-card.ts';
import { associationColumns } from './association-columns.ts';
import {
  type FoundConfounding,
  foundConfounding,
  type TiedFactors,
  tiedFactors,
} from './association-confounding.ts';
import { confoundingCard } from './association-confounding-card.ts';
import { type EcologicalPair, ecologicalPairs } from './association-ecological.ts';
import { leakCard } from './association-leak-card.ts';
import { type LabelAssociation, labelAssociations, rankedAssociations } from './association-list.ts';
import { attributeTables, type ListedPair, listedPairs } from './association-pairs.ts';
import { type MetadataProbe, metadataProbe } from './association-probe.ts';
import { probeCard } from './association-probe-card.ts';
import { type TellingTuple, tellingTuples } from './association-tuples.ts';
import { classCounts, labelTables } from './label-tables.ts';

export interface AssociationReport {
  readonly cards: readonly Card[];
  readonly probe: MetadataProbe;
  /** Worst first, at most 200. */
  readonly associations: readonly LabelAssociation[];
  readonly associationCount: number;
  /** The best of the whole label, or of each class; worst first, at most 50. */
  readonly tuples: readonly TellingTuple[];
  /** By falling |NPMI|, at most 50. */
  readonly pairs: readonly ListedPair[];
  /** Reversals first, at most 50. */
  readonly confounding: readonly FoundConfounding[];
  readonly confoundingCount: number;
  /** Pairs of a value and a class with a risk difference of .02 or more. */
  readonly associatedCount: number;
  /** Of the 200 largest of them, those held against a stratifier, once for each. */
  readonly testedCount: number;
  /** Strongest first, at most 50. */
  readonly tiedFactors: readonly TiedFactors[];
  readonly tiedFactorCount: number;
  /** At most 50. */
  readonly ecological: readonly EcologicalPair[];
  readonly refusedFactors: readonly string[];
}

const LONGEST_LIST = 50;
const MOST_ASSOCIATIONS = 200;

/** Could the label be guessed from how the image was made, without looking at it? (specification §3) */
export function associationReport(input: ReportInput): AssociationReport {
  const { thresholds, random } = input;
  const columns = associationColumns(input);
  const counts = classCounts(columns);
  const tables = labelTables(columns, counts);
  const associations = labelAssociations(columns, tables, random, thresholds.cohenW);
  const attributes = attributeTables(tables, associations);
  const tested = testedPairs(attributes);
  const associated = associatedValues(
    columns.attributes.map(({ units }, place) => ({ units, counts: counts[place]! })),
    columns.perClass,
    !columns.isMultiple,
  );
  const search = confoundingSearch(
    columns.attributes.map(({ variable }) => variable),
    associated,
    columns.classes,
    columns.units,
  );
  const q = inOneFamily(
    associations.map(({ corrected }) => corrected.p),
    tested.map(({ p }) => p),
    search.triples.map(({ heterogeneity }) => heterogeneity.p),
  );
  const ranked = rankedAssociations(associations, q[0]!);
  const confounding = foundConfounding(columns, search.triples, q[2]!);
  const findings = {
    probe: metadataProbe(columns, thresholds.probeAuc),
    associations: ranked.slice(0, MOST_ASSOCIATIONS),
    associationCount: ranked.length,
    tuples: tellingTuples(columns, associations, thresholds.leaveOneOutLambda).slice(0, LONGEST_LIST),
    pairs: listedPairs(columns, tables, attributes, tested, q[1]!),
    confounding: confounding.slice(0, LONGEST_LIST),
    confoundingCount: confounding.length,
    associatedCount: associated.length,
    testedCount: search.triples.length,
    tiedFactors: tiedFactors(columns, search).slice(0, LONGEST_LIST),
    tiedFactorCount: search.ties.length,
    ecological: ecologicalPairs(columns),
    refusedFactors: [
      ...columns.refusedFactors,
      ...columns.attributes.flatMap(({ name }, place) => (counts[place] === null ? [name] : [])),
    ],
  };
  const cards = [
    probeCard(columns, findings.probe, findings.pairs, thresholds.probeAuc),
    associationCard(columns, ranked, thresholds.cohenW),
    leakCard(columns, findings.tuples, thresholds.leaveOneOutLambda),
    confoundingCard(columns, findings, thresholds.reversal),
  ];
  return { cards, ...findings };
}

/** The q of every test, each over all tests of the report (specification §0.4). */
function inOneFamily(...tests: readonly (readonly (number | null)[])[]): (number | null)[][] {
  const q = benjaminiHochberg(tests.flat());
  let next = 0;
  return tests.map((own) => {
    next += own.length;
    return q.slice(next - own.length, next);
  });
}
