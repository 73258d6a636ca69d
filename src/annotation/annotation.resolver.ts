import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Resolver,
  Root,
} from 'type-graphql';
import { AsOf, AsOfPageArgs } from '../catalogue/as-of.schema.ts';
import { DatasetObject, ImageObject } from '../catalogue/catalogue.schema.ts';
import { type Dataset, revisionAsked } from '../catalogue/dataset.ts';
import { toConnection } from '../governance/connection.schema.ts';
import { orProblem } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import { DomainError } from '../kernel/errors.ts';
import { fromGlobalId, toGlobalId } from '../kernel/global-id.ts';
import { type Context, perRequest } from '../platform/context.ts';
import { addGuideline } from './add-guideline.usecase.ts';
import { annotationCountLoader, annotationsLoader } from './annotation.loaders.ts';
import {
  AddGuidelineInput,
  AddGuidelineResult,
  AnnotationConnection,
  AnnotationObject,
  AnnotationRoundObject,
  AnnotatorObject,
  CloseRoundInput,
  CloseRoundResult,
  DeclareAnnotatorsInput,
  DeclareAnnotatorsResult,
  GuidelineObject,
  OpenRoundInput,
  OpenRoundResult,
  RecordAnnotationsInput,
  RecordAnnotationsResult,
} from './annotation.schema.ts';
import { declareAnnotators } from './declare-annotators.usecase.ts';
import { geometryFromForm } from './geometry-form.ts';
import { closeRound, openRound } from './open-round.usecase.ts';
import { listAnnotations, readAnnotators, readGuidelines, readRounds } from './read-annotations.usecase.ts';
import { recordAnnotations } from './record-annotations.usecase.ts';

@ArgsType()
class AnnotationsArgs extends AsOfPageArgs {
  @Field(() => String, { nullable: true, description: 'Only what this annotator says.' }) annotator?:
    | string
    | null;
}

@Resolver(() => DatasetObject)
export class DatasetAnnotationResolver {
  @FieldResolver(() => AnnotationConnection, { description: 'Every annotator’s annotations.' })
  async annotations(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Args(() => AnnotationsArgs) args: AnnotationsArgs,
  ) {
    return toConnection(await listAnnotations(context, dataset, args));
  }

  @FieldResolver(() => Int, { description: 'How many annotations hold.' })
  annotationCount(@Ctx() context: Context, @Root() dataset: Dataset, @AsOf() asOf?: number | null) {
    return perRequest(context, annotationCountLoader).load({
      datasetId: dataset.id,
      asOf: revisionAsked(dataset, asOf),
    });
  }

  @FieldResolver(() => [AnnotatorObject], { description: 'Who annotates.' })
  annotators(@Ctx() context: Context, @Root() dataset: Dataset, @AsOf() asOf?: number | null) {
    return readAnnotators(context, dataset, asOf);
  }

  @FieldResolver(() => [GuidelineObject], { description: 'Versions of the annotation guideline.' })
  guidelines(@Ctx() context: Context, @Root() dataset: Dataset, @AsOf() asOf?: number | null) {
    return readGuidelines(context, dataset, asOf);
  }

  @FieldResolver(() => [AnnotationRoundObject], { description: 'Rounds of annotation.' })
  rounds(@Ctx() context: Context, @Root() dataset: Dataset, @AsOf() asOf?: number | null) {
    return readRounds(context, dataset, asOf);
  }

  @Mutation(() => RecordAnnotationsResult as never, {
    description: 'Records annotations; a correction supersedes, nothing is overwritten.',
  })
  @Guard('annotation.write')
  recordAnnotations(
    @Ctx() context: Context,
    @Arg('input', () => RecordAnnotationsInput, { description: 'The rows.' }) input: RecordAnnotationsInput,
  ) {
    const annotations = () =>
      input.annotations.map((row) => ({
        ...row,
        geometry: geometryFromForm(row.geometry),
        supersedes: row.supersedes && annotationOf('supersedes', row.supersedes),
        corrects: row.corrects && annotationOf('corrects', row.corrects),
      }));
    return orProblem(
      Promise.resolve().then(() => recordAnnotations(context, { ...input, annotations: annotations() })),
    );
  }

  @Mutation(() => DeclareAnnotatorsResult as never, { description: 'Says who annotators are.' })
  @Guard('dataset.curate')
  declareAnnotators(
    @Ctx() context: Context,
    @Arg('input', () => DeclareAnnotatorsInput, { description: 'Who.' }) input: DeclareAnnotatorsInput,
  ) {
    return orProblem(declareAnnotators(context, input));
  }

  @Mutation(() => AddGuidelineResult as never, { description: 'Adds a version of the guideline.' })
  @Guard('dataset.curate')
  addGuideline(
    @Ctx() context: Context,
    @Arg('input', () => AddGuidelineInput, { description: 'Version and text.' }) input: AddGuidelineInput,
  ) {
    return orProblem(addGuideline(context, input));
  }

  @Mutation(() => OpenRoundResult as never, { description: 'Opens a round.' })
  @Guard('dataset.curate')
  openRound(
    @Ctx() context: Context,
    @Arg('input', () => OpenRoundInput, { description: 'Which.' }) input: OpenRoundInput,
  ) {
    return orProblem(openRound(context, input));
  }

  @Mutation(() => CloseRoundResult as never, { description: 'Closes a round for good.' })
  @Guard('dataset.curate')
  closeRound(
    @Ctx() context: Context,
    @Arg('input', () => CloseRoundInput, { description: 'Which.' }) input: CloseRoundInput,
  ) {
    return orProblem(closeRound(context, input));
  }
}

@Resolver(() => ImageObject)
export class ImageAnnotationResolver {
  @FieldResolver(() => [AnnotationObject], {
    description: 'What everyone says of it, as of the same revision.',
  })
  annotations(@Ctx() context: Context, @Root() image: ImageObject) {
    return perRequest(context, annotationsLoader).load(image);
  }
}

@Resolver(() => AnnotationObject)
export class AnnotationResolver {
  @FieldResolver(() => ID, { description: 'Opaque and stable.' })
  id(@Root() annotation: AnnotationObject) {
    return toGlobalId('Annotation', `${annotation.datasetId}/${annotation.id}`);
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'Id of the annotation of the same annotator that it replaces.',
  })
  supersedes(@Root() { datasetId, supersedes }: AnnotationObject) {
    return supersedes && toGlobalId('Annotation', `${datasetId}/${supersedes}`);
  }

  @FieldResolver(() => ID, { nullable: true, description: 'Id of the model’s annotation that it corrects.' })
  corrects(@Root() { datasetId, corrects }: AnnotationObject) {
    return corrects && toGlobalId('Annotation', `${datasetId}/${corrects}`);
  }
}

/** The 32 digits of an annotation named by its id as returned, or by those digits. */
function annotationOf(field: string, id: string): string {
  if (/^[0-9a-f]{32}$/.test(id)) return id;
  const { type, key } = fromGlobalId(id);
  const digits = /\/([0-9a-f]{32})$/.exec(key)?.[1];
  if (type !== 'Annotation' || !digits)
    throw new DomainError(
      'BAD_INPUT',
      `${field}: "${id}" is no annotation's id; give it as it was returned.`,
    );
  return digits;
}
