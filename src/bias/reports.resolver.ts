import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { DatasetObject, ImageConnection } from '../catalogue/catalogue.schema.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { PageArgs, toConnection } from '../governance/connection.schema.ts';
import { orProblem } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import { type Context, perRequest } from '../platform/context.ts';
import type { Snapshot } from '../snapshots/snapshot.ts';
import { SnapshotObject } from '../snapshots/snapshots.schema.ts';
import type { Split } from '../splits/split.ts';
import { SplitObject } from '../splits/splits.schema.ts';
import { requestOfDatasetById, requestOfOrder, requestOfSnapshotById } from './ask-report.usecase.ts';
import { reportLoader } from './bias.loaders.ts';
import { BiasReportKindEnum, BiasReportObject } from './bias.schema.ts';
import type { ReportKind } from './bias-counts.ts';
import { compareReports } from './compare-reports.ts';
import { ImageSelectionObject } from './images/image-selection.schema.ts';
import { readSelectedImages } from './images/read-selected-images.usecase.ts';
import { orderReport, readOrder } from './order-report.usecase.ts';
import { listDatasetReports, readKeptReport, readReport } from './read-reports.usecase.ts';
import { AnyReportArgs, PartReportArgs } from './report-arguments.schema.ts';
import type { ReportOrder } from './report-order.ts';
import { reportView, summaryView } from './report-view.ts';
import {
  OrderReportInput,
  OrderReportResult,
  ReportComparisonObject,
  ReportOrderObject,
  ReportSummaryConnection,
} from './reports.schema.ts';

const LONGEST_COMPARISON = 500;

@ArgsType()
class ReportsArgs extends PageArgs {
  @Field(() => BiasReportKindEnum, { nullable: true, description: 'Only of this kind.' })
  kind?: ReportKind | null;
  @Field(() => String, { nullable: true, description: 'Only of the snapshot of this digest.' }) snapshot?:
    | string
    | null;
}

@Resolver(() => DatasetObject)
export class DatasetReportsResolver {
  @FieldResolver(() => ReportSummaryConnection, { description: 'The reports made of it, latest first.' })
  async reports(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Args(() => ReportsArgs) asked: ReportsArgs,
  ) {
    const page = await listDatasetReports(context, dataset, asked);
    return toConnection({ ...page, rows: page.rows.map((row) => ({ ...row, ...summaryView(row) })) });
  }
}

@Resolver(() => SplitObject)
export class SplitReportsResolver {
  @FieldResolver(() => BiasReportObject, {
    description: 'A report on it: on a part of it where one is named, of its revision.',
  })
  async biasReport(
    @Ctx() context: Context,
    @Root() split: Split,
    @Args(() => PartReportArgs) { kind, ...asked }: PartReportArgs,
  ) {
    const request = await requestOfDatasetById(context, split.datasetId, kind, {
      ...asked,
      split: split.name,
    });
    return reportView(await perRequest(context, reportLoader).load(request));
  }
}

@Resolver(() => SnapshotObject)
export class SnapshotReportsResolver {
  @FieldResolver(() => BiasReportObject, {
    description: 'A report on it, of the revision it shows: made once, and kept for ever.',
  })
  async biasReport(
    @Ctx() context: Context,
    @Root() snapshot: Snapshot,
    @Args(() => AnyReportArgs) { kind, ...asked }: AnyReportArgs,
  ) {
    const request = await requestOfSnapshotById(context, snapshot, kind, asked);
    return reportView(await perRequest(context, reportLoader).load(request));
  }
}

@Resolver()
export class ReportsResolver {
  @Query(() => BiasReportObject, { description: 'A report that was made, by its id.' })
  @Guard('dataset.read')
  async biasReport(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Its id.' }) id: string) {
    return reportView(await readReport(context, id));
  }

  @Query(() => ReportOrderObject, { description: 'An order for a report, by its id.' })
  @Guard('dataset.read')
  reportOrder(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Its id.' }) id: string) {
    return readOrder(context, id);
  }

  @Query(() => ReportComparisonObject, {
    description:
      'What changed between two reports of one kind: two revisions, two snapshots, before and after.',
  })
  @Guard('dataset.read')
  async compareReports(
    @Ctx() context: Context,
    @Arg('base', () => ID, { description: 'The report before.' }) base: string,
    @Arg('other', () => ID, { description: 'The report after.' }) other: string,
  ) {
    const before = reportView(await readReport(context, base));
    const after = reportView(await readReport(context, other));
    const { changes, ...comparison } = compareReports(before, after);
    const shown = { changes: changes.slice(0, LONGEST_COMPARISON), changed: changes.length };
    return { datasetId: before.datasetId, base: before, other: after, ...comparison, ...shown };
  }

  @Mutation(() => OrderReportResult as never, {
    description: 'Orders a report and does not wait: a job makes it, and `reportOrder` tells how far it is.',
  })
  @Guard('dataset.read')
  orderReport(
    @Ctx() context: Context,
    @Arg('input', () => OrderReportInput, { description: 'Which.' }) input: OrderReportInput,
  ) {
    return orProblem(requestOfOrder(context, input).then((request) => orderReport(context, request)));
  }
}

@Resolver(() => ReportOrderObject)
export class ReportOrderResolver {
  @FieldResolver(() => BiasReportObject, {
    nullable: true,
    description: 'The report; null until it is there.',
  })
  async report(@Ctx() context: Context, @Root() order: ReportOrder) {
    const report = await readKeptReport(context, order.report);
    return report && reportView(report);
  }
}

@Resolver(() => ImageSelectionObject)
export class ImageSelectionResolver {
  @FieldResolver(() => ImageConnection, { description: 'The images, as of the report’s revision, by id.' })
  async images(
    @Ctx() context: Context,
    @Root() selection: ImageSelectionObject,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return toConnection(await readSelectedImages(context, selection, page));
  }
}
