import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { AsOf } from '../catalogue/as-of.schema.ts';
import { DatasetObject } from '../catalogue/catalogue.schema.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { type Context, perRequest } from '../platform/context.ts';
import { AgreementReportObject } from './agreement/agreement-report.schema.ts';
import { type ReportAsked, requestOfDataset } from './ask-report.usecase.ts';
import { AssociationReportObject } from './association/association-report.schema.ts';
import { AttritionReportObject } from './attrition/attrition-report.schema.ts';
import { reportLoader } from './bias.loaders.ts';
import type { ReportKind } from './bias-counts.ts';
import { MeasurementReportObject } from './measurement/measurement-report.schema.ts';
import { RaterReportObject } from './raters/rater-report.schema.ts';
import {
  ComparedReportArgs,
  ReportArgs,
  SelectionReportArgs,
  SplitReportArgs,
} from './report-arguments.schema.ts';
import { reportView } from './report-view.ts';
import { SelectionReportObject } from './selection/selection-report.schema.ts';
import { ShapeReportObject } from './shapes/shape-report.schema.ts';
import { SplitReportObject } from './split/split-report.schema.ts';
import { readTargets } from './target/declare-target.usecase.ts';
import { TargetPopulationObject } from './target/target.schema.ts';

@Resolver(() => DatasetObject)
export class DatasetBiasResolver {
  @FieldResolver(() => [TargetPopulationObject], { description: 'Target populations declared, by name.' })
  targets(@Ctx() context: Context, @Root() dataset: Dataset, @AsOf() asOf?: number | null) {
    return readTargets(context, dataset, asOf);
  }

  @FieldResolver(() => SelectionReportObject, {
    description: 'Does it look like the world it will be used in?',
  })
  selectionReport(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Args(() => SelectionReportArgs) asked: SelectionReportArgs,
  ) {
    return reportOf(context, dataset, 'SELECTION', asked);
  }

  @FieldResolver(() => MeasurementReportObject, {
    description: 'Do images differ by who, what or when took them?',
  })
  measurementReport(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Args(() => ComparedReportArgs) asked: ComparedReportArgs,
  ) {
    return reportOf(context, dataset, 'MEASUREMENT', asked);
  }

  @FieldResolver(() => AssociationReportObject, {
    description: 'Could the label be guessed without looking at the image?',
  })
  associationReport(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Args(() => ReportArgs) asked: ReportArgs,
  ) {
    return reportOf(context, dataset, 'ASSOCIATION', asked);
  }

  @FieldResolver(() => AttritionReportObject, {
    description: 'Did leaving images out change what it says?',
  })
  attritionReport(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Args(() => ReportArgs) asked: ReportArgs,
  ) {
    return reportOf(context, dataset, 'ATTRITION', asked);
  }

  @FieldResolver(() => SplitReportObject, { description: 'Is the test set a fair and separate exam?' })
  splitReport(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Args(() => SplitReportArgs) asked: SplitReportArgs,
  ) {
    return reportOf(context, dataset, 'SPLIT', asked);
  }

  @FieldResolver(() => AgreementReportObject, { description: 'How much do annotators agree?' })
  agreementReport(@Ctx() context: Context, @Root() dataset: Dataset, @AsOf() asOf?: number | null) {
    return reportOf(context, dataset, 'AGREEMENT', { asOf });
  }

  @FieldResolver(() => ShapeReportObject, {
    description: 'How much do annotators agree on where things are?',
  })
  shapeReport(@Ctx() context: Context, @Root() dataset: Dataset, @AsOf() asOf?: number | null) {
    return reportOf(context, dataset, 'SHAPES', { asOf });
  }

  @FieldResolver(() => RaterReportObject, {
    description: 'Who among the annotators is systematically different?',
  })
  raterReport(@Ctx() context: Context, @Root() dataset: Dataset, @AsOf() asOf?: number | null) {
    return reportOf(context, dataset, 'RATERS', { asOf });
  }
}

async function reportOf(context: Context, dataset: Dataset, kind: ReportKind, asked: ReportAsked) {
  const request = await requestOfDataset(context, dataset, kind, asked);
  return reportView(await perRequest(context, reportLoader).load(request));
}
