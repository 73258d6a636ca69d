import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { AsOf } from '../catalogue/as-of.schema.ts';
import { DatasetObject } from '../catalogue/catalogue.schema.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { orProblem } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import type { Context } from '../platform/context.ts';
import { SelectionReportObject } from './bias.schema.ts';
import {
  AgreementReportObject,
  AssociationReportObject,
  MeasurementReportObject,
} from './bias-tables.schema.ts';
import { declareTarget } from './declare-target.usecase.ts';
import {
  readAgreementReport,
  readAssociationReport,
  readMeasurementReport,
  readSelectionReport,
  readTargets,
} from './read-bias-reports.usecase.ts';
import { DeclareTargetInput, DeclareTargetResult, TargetPopulationObject } from './target.schema.ts';

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
    @AsOf() asOf?: number | null,
    @Arg('target', () => String, {
      nullable: true,
      description: 'Name of a target population; the only one declared unless said.',
    })
    target?: string | null,
  ) {
    return readSelectionReport(context, dataset, { asOf, target });
  }

  @FieldResolver(() => MeasurementReportObject, {
    description: 'Do images differ by who, what or when took them?',
  })
  measurementReport(@Ctx() context: Context, @Root() dataset: Dataset, @AsOf() asOf?: number | null) {
    return readMeasurementReport(context, dataset, asOf);
  }

  @FieldResolver(() => AssociationReportObject, {
    description: 'Could the label be guessed without looking at the image?',
  })
  associationReport(@Ctx() context: Context, @Root() dataset: Dataset, @AsOf() asOf?: number | null) {
    return readAssociationReport(context, dataset, asOf);
  }

  @FieldResolver(() => AgreementReportObject, { description: 'How much do annotators agree?' })
  agreementReport(@Ctx() context: Context, @Root() dataset: Dataset, @AsOf() asOf?: number | null) {
    return readAgreementReport(context, dataset, asOf);
  }

  @Mutation(() => DeclareTargetResult as never, {
    description: 'Declares the population the model will meet, with its source.',
  })
  @Guard('dataset.curate')
  declareTarget(
    @Ctx() context: Context,
    @Arg('input', () => DeclareTargetInput, { description: 'Which.' }) input: DeclareTargetInput,
  ) {
    return orProblem(declareTarget(context, input));
  }
}
