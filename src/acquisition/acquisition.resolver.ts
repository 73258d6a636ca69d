import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { AsOf } from '../catalogue/as-of.schema.ts';
import { DatasetObject, ImageObject } from '../catalogue/catalogue.schema.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { orProblem } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import { type Context, perRequest } from '../platform/context.ts';
import { acquisitionLoader } from './acquisition.loaders.ts';
import {
  AcquisitionObject,
  DeclaredFactorObject,
  DeclareFactorsInput,
  DeclareFactorsResult,
  RecordAcquisitionInput,
  RecordAcquisitionResult,
} from './acquisition.schema.ts';
import { toAcquisitionView } from './acquisition-view.ts';
import { declareFactors } from './declare-factors.usecase.ts';
import { readFactors } from './read-acquisition.usecase.ts';
import { recordAcquisition } from './record-acquisition.usecase.ts';

@Resolver(() => DatasetObject)
export class DatasetAcquisitionResolver {
  @FieldResolver(() => [DeclaredFactorObject], { description: 'Factors declared beyond the typed columns.' })
  factors(@Ctx() context: Context, @Root() dataset: Dataset, @AsOf() asOf?: number | null) {
    return readFactors(context, dataset, asOf);
  }

  @Mutation(() => DeclareFactorsResult as never, {
    description: 'Declares factors beyond the typed columns.',
  })
  @Guard('dataset.curate')
  declareFactors(
    @Ctx() context: Context,
    @Arg('input', () => DeclareFactorsInput, { description: 'Which.' }) input: DeclareFactorsInput,
  ) {
    return orProblem(declareFactors(context, input));
  }

  @Mutation(() => RecordAcquisitionResult as never, { description: 'Records how images were made.' })
  @Guard('dataset.curate')
  recordAcquisition(
    @Ctx() context: Context,
    @Arg('input', () => RecordAcquisitionInput, { description: 'The rows.' }) input: RecordAcquisitionInput,
  ) {
    return orProblem(recordAcquisition(context, input));
  }
}

@Resolver(() => ImageObject)
export class ImageAcquisitionResolver {
  @FieldResolver(() => AcquisitionObject, { nullable: true, description: 'How it was made.' })
  async acquisition(@Ctx() context: Context, @Root() image: ImageObject) {
    const record = await perRequest(context, acquisitionLoader).load(image);
    return record && toAcquisitionView(record);
  }
}
