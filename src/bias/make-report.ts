import type { Colour } from '../statistics/colour.ts';
import { SPECIFICATION_VERSION } from '../statistics/estimate.ts';
import { worstColour } from '../statistics/worst-colour.ts';
import { type AgreementReport, agreementReport } from './agreement/agreement-report.ts';
import { type AssociationReport, associationReport } from './association/association-report.ts';
import { type AttritionReport, attritionReport } from './attrition/attrition-report.ts';
import type { Population, RandomStreams, ReportKind } from './bias-counts.ts';
import type { Card } from './cards/card.ts';
import { type MeasurementReport, measurementReport } from './measurement/measurement-report.ts';
import type { RaterReport } from './raters/rater-report.ts';
import type { AgreementInput } from './ratings/rated-images.ts';
import type { ReportFacts, ReportInput } from './report-input.ts';
import { type ReportRequest, reportSeed } from './report-request.ts';
import { type SelectionReport, selectionReport } from './selection/selection-report.ts';
import type { ShapeReport } from './shapes/shape-report.ts';
import { type SplitReport, splitReport } from './split/split-report.ts';
import type { Subjects } from './subjects/subjects.ts';
import { subsetSubjects } from './subjects/subset-subjects.ts';
import { thresholdsOf } from './threshold/own-threshold.ts';

/** What the report of any kind says of itself. */
export interface ReportFrame extends Population {
  readonly kind: ReportKind;
  readonly request: ReportRequest;
  /** What the streams of its random numbers are made of. */
  readonly seed: string;
  readonly specificationVersion: string;
  /** The worst colour of its cards. */
  readonly colour: Colour;
  readonly cards: readonly Card[];
}

export type BiasReport =
  | Of<'SELECTION', SelectionReport>
  | Of<'MEASUREMENT', MeasurementReport>
  | Of<'ASSOCIATION', AssociationReport>
  | Of<'ATTRITION', AttritionReport>
  | Of<'SPLIT', SplitReport>
  | Of<'AGREEMENT', AgreementReport>
  | Of<'SHAPES', ShapeReport>
  | Of<'RATERS', RaterReport>;

type Of<K extends ReportKind, R> = ReportFrame & R & { readonly kind: K };

/** A report from the columns of its images: a pure function, so that the same request gives the same bytes. */
export function makeReport(
  request: ReportRequest,
  all: Subjects,
  facts: ReportFacts,
  random: RandomStreams,
): BiasReport {
  const subjects = request.kind === 'ATTRITION' ? all : subsetSubjects(all, imagesAsked(request, all));
  const input = { request, subjects, facts, thresholds: thresholdsOf(request.thresholds), random };
  return framed(request, population(subjects), reportOf(input));
}

export function makeAgreementReport(
  request: ReportRequest,
  input: Omit<AgreementInput, 'personal'>,
): BiasReport {
  return framed(request, input.population, agreementReport({ ...input, personal: request.personal }));
}

/** A report that read annotations, with the images that it read them of. */
export function makeOwnReport(
  request: ReportRequest,
  made: (ShapeReport | RaterReport) & Population,
): BiasReport {
  const { imageCount, unitCount, imagesOfUnknownUnit, ...report } = made;
  return framed(request, { imageCount, unitCount, imagesOfUnknownUnit }, report);
}

function reportOf(input: ReportInput) {
  switch (input.request.kind) {
    case 'SELECTION':
      return selectionReport(input);
    case 'MEASUREMENT':
      return measurementReport(input);
    case 'ASSOCIATION':
      return associationReport(input);
    case 'ATTRITION':
      return attritionReport(input);
    case 'SPLIT':
      return splitReport(input);
    default:
      throw new Error(`No report ${input.request.kind} is made of columns.`);
  }
}

function framed(
  request: ReportRequest,
  of: Population,
  report: { readonly cards: readonly Card[] },
): BiasReport {
  const framedReport = {
    kind: request.kind,
    request,
    seed: reportSeed(request),
    ...of,
    specificationVersion: SPECIFICATION_VERSION,
    colour: worstColour(report.cards.map(({ colour }) => colour)),
    ...report,
  };
  return framedReport as BiasReport;
}

/** The kept images, of the part asked for; of a split's report those that it assigns. */
function imagesAsked(request: ReportRequest, { imageCount, exclusions, parts }: Subjects): Uint8Array {
  const part = request.part === null ? -1 : (parts?.names.indexOf(request.part) ?? -1);
  const asked = new Uint8Array(imageCount);
  for (let image = 0; image < imageCount; image += 1) {
    const kept = exclusions.stage.codes[image]! < 0;
    const code = parts?.codes[image] ?? -1;
    const inPart = request.part !== null ? code === part : request.kind !== 'SPLIT' || code >= 0;
    asked[image] = kept && inPart ? 1 : 0;
  }
  return asked;
}

function population({ imageCount, units, unitKnown }: Subjects): Population {
  const known = unitKnown.reduce((sum, one) => sum + one, 0);
  return { imageCount, unitCount: units.unitCount, imagesOfUnknownUnit: imageCount - known };
}
