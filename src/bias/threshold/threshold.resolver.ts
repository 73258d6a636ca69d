import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { AsOf } from '../../catalogue/as-of.schema.ts';
import { DatasetObject } from '../../catalogue/catalogue.schema.ts';
import type { Dataset } from '../../catalogue/dataset.ts';
import { orProblem } from '../../governance/problem.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import type { Context } from '../../platform/context.ts';
import { declareThreshold, readThresholds } from './declare-threshold.usecase.ts';
import { DeclareThresholdInput, DeclareThresholdResult, OwnThresholdObject } from './threshold.schema.ts';

@Resolver(() => DatasetObject)
export class ThresholdResolver {
  @FieldResolver(() => [OwnThresholdObject], {
    description: 'Limits it has set in place of the default ones.',
  })
  thresholds(@Ctx() context: Context, @Root() dataset: Dataset, @AsOf() asOf?: number | null) {
    return readThresholds(context, dataset, asOf);
  }

  @Mutation(() => DeclareThresholdResult as never, {
    description: 'Sets limits for a dataset; its reports say so, and earlier ones stay as they are.',
  })
  @Guard('dataset.curate')
  declareThreshold(
    @Ctx() context: Context,
    @Arg('input', () => DeclareThresholdInput, { description: 'Which.' }) input: DeclareThresholdInput,
  ) {
    return orProblem(declareThreshold(context, input));
  }
}
