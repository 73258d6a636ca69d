import type { ShownThreshold } from '../../bias/cards/card.ts';
import { hideSmallCounts } from '../../bias/cards/hide-small-counts.ts';
import type { BiasReport } from '../../bias/make-report.ts';
import type { SharedGroup } from '../../bias/split/split-leakage.ts';
import type { FrozenSplit } from '../../splits/split.ts';
import type { SplitCertificate } from '../../splits/split-certificate.ts';
import type { Colour, Verdict } from '../../statistics/colour.ts';
import { estimate } from '../../statistics/estimate.ts';
import { certifiedFigure, count, countedFigure } from './certified-figure.ts';

export const CERTIFICATE_FORMAT = 'urn:holotype:split-certificate:1';

export type SplitReportOfKind = Extract<BiasReport, { kind: 'SPLIT' }>;

/**
 * All that is proved of a frozen split: a pure function of the split, of the split report on it (or on a snapshot that
 * carries it) and so of the engine's version. No clock, no database's id and no address of a server is in it, so that the
 * same split has the same certificate, byte for byte, everywhere. Every statistic is a `CertifiedFigure`.
 */
export type CertificateDocument = ReturnType<typeof certificateDocument>;

export function certificateDocument(split: FrozenSplit, report: SplitReportOfKind) {
  const { request } = report;
  const { document, certificate } = split;
  return {
    format: CERTIFICATE_FORMAT,
    dataset: request.slug,
    revision: split.revision,
    snapshot: request.snapshot,
    name: split.name,
    digest: split.digest,
    colour: certifiedColour(split, report),
    leaks: certificate.leakage.leaks,
    waiver: split.waiver,
    /** What the digest is of: seed, algorithm, shares, group key, and the root of the manifest. */
    split: document,
    manifest: {
      address: manifestAddress(request.slug, split.name),
      root: document.root,
      recompute: 'docs/recompute_split.py',
    },
    made: {
      engine: request.engine,
      specification: request.specification,
      /** What the streams of random numbers are made of. */
      seed: report.seed,
      group: report.group,
      personal: request.personal,
      ownThresholds: request.thresholds.length > 0,
      refusedFactors: report.refusedFactors,
    },
    population: population(split, report),
    cards: report.cards.map(({ kind, colour, certainty, sentence, headline, threshold, caveats }) => ({
      kind,
      colour,
      certainty,
      sentence,
      headline: certifiedFigure(headline),
      threshold: thresholdText(threshold),
      caveats: caveats.map((caveat) => caveat.sentence),
    })),
    parts: parts(split, report),
    missingGroupKeys: missingGroupKeys(split, report),
    foundWhenFrozen: foundWhenFrozen(split, report),
    groups: groups(report),
    duplicates: duplicates(report),
    balance: balance(report),
    adversarial: adversarial(report),
    tested: {
      classCount: count(report.testedClassCount, 'the part and its classes', report),
      classes: report.testedClasses.map(({ label, part, images, units, halfWidth, verdict }) => ({
        label,
        part,
        images: countedFigure(images),
        units: countedFigure(units),
        halfWidth: certifiedFigure(halfWidth),
        verdict: verdictOf(verdict),
      })),
    },
  };
}

/** The report's, and never less than red of a split that leaked when it was frozen, whatever was excluded since. */
function certifiedColour({ certificate }: FrozenSplit, { colour }: SplitReportOfKind): Colour {
  return certificate.leakage.leaks ? 'RED' : colour;
}

/** Where the manifest is fetched, below the server's own address. */
export function manifestAddress(slug: string, name: string): string {
  return `/datasets/${encodeURIComponent(slug)}/splits/${encodeURIComponent(name)}`;
}

/**
 * The images that the figures are of; of a snapshot perhaps not all of the split. How many of the split are absent is told of a personal dataset too: the
 * split's own document, which its digest is of, says its size, and whoever holds a copy must learn what was withdrawn.
 */
function population({ document }: FrozenSplit, report: SplitReportOfKind) {
  const { imageCount, unitCount, imagesOfUnknownUnit, request } = report;
  const basis = { imageCount: document.size, unitCount };
  const [unknown] = hideSmallCounts(
    [imagesOfUnknownUnit, imageCount - imagesOfUnknownUnit],
    { imageCount, unitCount, method: 'images' },
    request.personal,
  );
  return {
    images: count(imageCount, 'images of the split', basis),
    units: count(unitCount, 'units', report),
    /** Of the split, and not among these: excluded since, or withdrawn. */
    absentImages: count(Math.max(0, document.size - imageCount), 'images of the split', basis),
    imagesOfUnknownUnit: countedFigure(unknown!),
  };
}

function parts({ certificate }: FrozenSplit, report: SplitReportOfKind) {
  const asked = new Map(certificate.counts.map(({ part, asked: share }) => [part, share]));
  const taken = (part: string) =>
    part === report.trainPart
      ? 'TRAIN'
      : part === report.validationPart
        ? 'VALIDATION'
        : part === report.testPart
          ? 'TEST'
          : report.partsTakenBy === 'FOLDS'
            ? 'FOLD'
            : null;
  return {
    takenBy: report.partsTakenBy,
    groupCounts: groupCounts(certificate, report),
    listed: report.parts.map(({ part, images, groups: groupsOf }) => {
      const { imageCount, unitCount } = images;
      const share = images.value === null || imageCount === 0 ? null : images.value / imageCount;
      return {
        part,
        takenAs: taken(part),
        asked: asked.get(part) ?? null,
        images: countedFigure(images),
        share: countedFigure(
          estimate({
            value: share,
            reason: share === null ? (images.reason ?? 'EMPTY') : null,
            ...(images.status === 'SUPPRESSED' ? { status: 'SUPPRESSED' } : {}),
            imageCount,
            unitCount,
            method: 'share of all images',
          }),
        ),
        groups: countedFigure(groupsOf),
      };
    }),
  };
}

/** Null where not every part and every count may be told. */
function groupCounts({ counts }: SplitCertificate, { parts: sizes }: SplitReportOfKind) {
  const told = sizes.flatMap(({ groups: { value } }) => (value === null ? [] : [value]));
  if (told.length === 0 || told.length < counts.length) return null;
  const basis = sizes[0]!.groups;
  return {
    partByPart: count(
      told.reduce((sum, value) => sum + value, 0),
      'groups of each part, added up',
      basis,
    ),
    inAll: count(basis.unitCount, 'groups', basis),
  };
}

/** How many images lack the split's group key, and what was done with them. */
function missingGroupKeys({ certificate }: FrozenSplit, { request, unitCount }: SplitReportOfKind) {
  const { missingGroupKeys: missing } = certificate;
  if (missing.status !== 'OK') return { key: null, reason: missing.reason };
  const basis = { imageCount: missing.of, unitCount, method: 'images of unknown group' };
  const [images] = hideSmallCounts([missing.count, missing.of - missing.count], basis, request.personal);
  const { value, status, reason } = images!;
  const share = estimate({
    ...basis,
    value: value === null || missing.of === 0 ? null : value / missing.of,
    status: value === null ? status : missing.of === 0 ? 'EMPTY' : 'OK',
    reason: value === null ? reason : missing.of === 0 ? 'NO_IMAGE' : null,
    method: 'share of images of unknown group',
  });
  return {
    key: certificate.groupBy!,
    images: countedFigure(images!),
    share: countedFigure(share),
    treatment: missing.treatment,
  };
}

/** What decided whether the split could be frozen without a waiver. */
function foundWhenFrozen({ certificate, document }: FrozenSplit, { request, unitCount }: SplitReportOfKind) {
  const { sharedGroups, exactDuplicates, nearDuplicates } = certificate.leakage;
  const told = (finding: Found, method: string) => {
    if (finding.status === 'NOT_EXAMINED') return { status: finding.status, reason: finding.reason };
    const basis = { imageCount: document.size, unitCount, method };
    const [figure] = hideSmallCounts([finding.count], basis, request.personal);
    return { status: finding.status, count: countedFigure(figure!) };
  };
  return {
    sharedGroups: told(sharedGroups, 'groups in two parts or more'),
    exactDuplicates: told(exactDuplicates, 'contents in two parts or more'),
    nearDuplicates: told(nearDuplicates, 'pairs of near duplicates in two parts'),
  };
}

type Found = SplitCertificate['leakage']['sharedGroups' | 'exactDuplicates' | 'nearDuplicates'];

/** Of each key whether a group of it stands in two parts. */
function groups({ leakage }: SplitReportOfKind) {
  return {
    testShare: certifiedFigure(leakage.testShare),
    testImages: countedFigure(leakage.testImages),
    keys: leakage.keys.map((of) => ({
      key: of.key,
      weight: of.weight,
      knownImages: countedFigure(of.knownImages),
      knownGroups: countedFigure(of.knownGroups),
      sharedGroups: countedFigure(of.sharedGroups),
      testImages: countedFigure(of.testImages),
      testShare: certifiedFigure(of.testShare),
      verdict: verdictOf(of.verdict),
      listed: of.groups.map(sharedGroup),
    })),
  };
}

function sharedGroup({ value, parts: places }: SharedGroup) {
  return { value, parts: places.map(({ part, images }) => ({ part, images: countedFigure(images) })) };
}

function duplicates({ leakage: { exact, near, declared } }: SplitReportOfKind) {
  return {
    exact: {
      knownImages: countedFigure(exact.knownImages),
      contents: countedFigure(exact.contents),
      testImages: countedFigure(exact.testImages),
      testShare: certifiedFigure(exact.testShare),
      conflicts: countedFigure(exact.conflictCount),
      verdict: verdictOf(exact.verdict),
      listed: exact.groups.map(({ value, ...of }) => ({ ...sharedGroup({ value, ...of }), distance: 0 })),
    },
    near: {
      isExamined: near.isExamined,
      candidates: countedFigure(near.candidates),
      confirmed: countedFigure(near.confirmed),
      testImages: countedFigure(near.testImages),
      testShare: certifiedFigure(near.testShare),
      verdict: verdictOf(near.verdict),
      listed: near.pairs.map(({ first, second, firstPart, secondPart, distance, correlation }) => ({
        first,
        firstPart,
        second,
        secondPart,
        distance,
        correlation: correlation.toFixed(4),
      })),
    },
    declared: {
      judgements: declared.judgements.map((of) => ({
        judgement: of.judgement,
        pairs: countedFigure(of.pairs),
        acrossParts: countedFigure(of.acrossParts),
        testImages: countedFigure(of.testImages),
        testShare: certifiedFigure(of.testShare),
        verdict: verdictOf(of.verdict),
      })),
      testShare: certifiedFigure(declared.testShare),
      redundantShare: certifiedFigure(declared.redundant.testShare),
    },
  };
}

/** Every factor and the label in each part, each comparison beside what random assignment of the groups gives. */
function balance({ balance: variables, balanceCount, holes, folds, ...report }: SplitReportOfKind) {
  return {
    variableCount: count(balanceCount, 'factors and the label', report),
    variables: variables.map(({ name, association, compared, levels, levelCount }) => ({
      name,
      association: certifiedFigure(association),
      compared: compared.map((part) => ({
        part: part.part,
        kind: part.kind,
        totalVariation: certifiedFigure(part.totalVariation),
        jensenShannonDivergence: certifiedFigure(part.jensenShannonDivergence),
        standardizedDifference: certifiedFigure(part.standardizedDifference),
        percentile: certifiedFigure(part.percentile, 'DRAWN'),
        randomMedian: certifiedFigure(part.randomMedian, 'DRAWN'),
        randomUpper: certifiedFigure(part.randomUpper, 'DRAWN'),
        isBeyondChance: part.isBeyondChance,
        verdict: verdictOf(part.verdict),
      })),
      levelCount: count(levelCount, 'levels', report),
      levels: levels.map(({ level, kind, parts: places }) => ({
        level,
        kind,
        parts: places.map(({ part, images }) => ({ part, images: countedFigure(images) })),
      })),
    })),
    holes: {
      unmeasurable: count(holes.unmeasurableCount, 'levels without an image in a tested part', report),
      unseen: count(holes.unseenCount, 'levels without an image in what a part is tested against', report),
      listed: holes.holes.map(({ name, level, kind, part, meaning, images }) => ({
        name,
        level,
        kind,
        part,
        meaning,
        images: countedFigure(images),
      })),
    },
    folds: folds && {
      labelDistribution: countedFigure(folds.labelDistribution),
      classes: folds.classes.map(({ label, deviation }) => ({ label, deviation: countedFigure(deviation) })),
      excludedClasses: folds.excludedClasses,
    },
  };
}

/** Whether the parts can be told apart without a look at the subject. */
function adversarial({ adversarial: found, ...report }: SplitReportOfKind) {
  const { area, independentInterval, attributeCount, telling, numbers, verdict } = found;
  return {
    area: certifiedFigure(area),
    /** The same area with the interval it would have were all images independent: a check, too narrow else. */
    independent:
      independentInterval &&
      certifiedFigure({
        ...area,
        status: 'OK',
        reason: null,
        interval: independentInterval,
        method: `${area.method}, were all images independent`,
      }),
    attributeCount: count(attributeCount, 'factors and quality measures', report),
    verdict: verdictOf(verdict),
    telling: telling.map(({ attribute, level, kind, trainImages, testImages, logOdds }) => ({
      attribute,
      level,
      kind,
      trainImages: countedFigure(trainImages),
      testImages: countedFigure(testImages),
      logOdds: certifiedFigure(logOdds),
    })),
    numbers: numbers.map(({ name, kolmogorovSmirnov, wasserstein, standardizedDifference }) => ({
      name,
      kolmogorovSmirnov: certifiedFigure(kolmogorovSmirnov),
      wasserstein: certifiedFigure(wasserstein),
      standardizedDifference: certifiedFigure(standardizedDifference),
    })),
  };
}

/** Null: told, not judged. */
function verdictOf(verdict: Verdict | null): { colour: Colour; certainty: Verdict['certainty'] } | null {
  return verdict && { colour: verdict.colour, certainty: verdict.certainty };
}

function thresholdText({ limits, origin, source }: ShownThreshold) {
  const written = limits.map(({ worse, amber, red }) => ({ worse, amber: String(amber), red: String(red) }));
  return { limits: written, origin, source };
}
