import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { AsOf, AsOfPageArgs } from '../catalogue/as-of.schema.ts';
import { DatasetObject, ImageObject } from '../catalogue/catalogue.schema.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { toConnection } from '../governance/connection.schema.ts';
import { orProblem } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import { QUALITY_MEASURES } from '../kernel/image-facts.ts';
import { type Context, perRequest } from '../platform/context.ts';
import { declareDuplicates } from './declare-duplicates.usecase.ts';
import { exifTags } from './exif-view.ts';
import { findDuplicates } from './find-duplicates.usecase.ts';
import { factsLoader } from './ingestion.loaders.ts';
import {
  DuplicatesObject,
  ExifTagObject,
  ImageFactsObject,
  RegisterImagesInput,
  RegisterImagesResult,
} from './ingestion.schema.ts';
import {
  DeclareDuplicatesInput,
  DeclareDuplicatesResult,
  DeclaredDuplicateConnection,
  RecordRefusedImagesInput,
  RecordRefusedImagesResult,
  RefusedImageConnection,
} from './ledger.schema.ts';
import { readDeclaredDuplicates } from './read-declared-duplicates.usecase.ts';
import { readRefusedImages } from './read-refused-images.usecase.ts';
import { recordRefusedImages } from './record-refused-images.usecase.ts';
import { registerImages } from './register-images.usecase.ts';

@Resolver(() => DatasetObject)
export class DatasetIngestionResolver {
  @FieldResolver(() => DuplicatesObject, {
    description: 'Exact and confirmed near duplicates among the kept images.',
  })
  duplicates(@Ctx() context: Context, @Root() dataset: Dataset, @AsOf() asOf?: number | null) {
    return findDuplicates(context, dataset, asOf);
  }

  @FieldResolver(() => DeclaredDuplicateConnection, {
    description: 'Pairs that somebody found to be copies, by other means than ours.',
  })
  async declaredDuplicates(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Args(() => AsOfPageArgs) args: AsOfPageArgs,
  ) {
    return toConnection(await readDeclaredDuplicates(context, dataset, args));
  }

  @FieldResolver(() => RefusedImageConnection, {
    description:
      'Candidates refused at the door, and not registered since: where the exclusion ledger begins.',
  })
  async refusedImages(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Args(() => AsOfPageArgs) args: AsOfPageArgs,
  ) {
    return toConnection(await readRefusedImages(context, dataset, args));
  }

  @Mutation(() => RegisterImagesResult as never, {
    description: 'Registers images whose bytes were uploaded, or which stay elsewhere.',
  })
  @Guard('dataset.curate')
  registerImages(
    @Ctx() context: Context,
    @Arg('input', () => RegisterImagesInput, { description: 'Which.' }) input: RegisterImagesInput,
  ) {
    return orProblem(registerImages(context, input));
  }

  @Mutation(() => RecordRefusedImagesResult as never, {
    description:
      'Enters into the exclusion ledger what a client refused before it sent it; what the dataset holds is already there.',
  })
  @Guard('dataset.curate')
  recordRefusedImages(
    @Ctx() context: Context,
    @Arg('input', () => RecordRefusedImagesInput, { description: 'Which and why.' })
    input: RecordRefusedImagesInput,
  ) {
    return orProblem(recordRefusedImages(context, input));
  }

  @Mutation(() => DeclareDuplicatesResult as never, {
    description: 'Records pairs found to be copies; a pair said anew is replaced.',
  })
  @Guard('dataset.curate')
  declareDuplicates(
    @Ctx() context: Context,
    @Arg('input', () => DeclareDuplicatesInput, { description: 'Which.' }) input: DeclareDuplicatesInput,
  ) {
    return orProblem(declareDuplicates(context, input));
  }
}

@Resolver(() => ImageObject)
export class ImageFactsResolver {
  @FieldResolver(() => ImageFactsObject, {
    nullable: true,
    description: 'What decoding found; null for an image by reference.',
  })
  async facts(@Ctx() context: Context, @Root() image: ImageObject) {
    if (image.pixels !== 'BYTES' || image.digest === null) return null;
    const facts = await perRequest(context, factsLoader).load(image.digest);
    const quality = QUALITY_MEASURES.map((name) => ({
      name,
      value: facts!.quality[name],
      reason: facts!.qualityReasons[name] ?? null,
    }));
    return { ...facts, quality };
  }

  @FieldResolver(() => [ExifTagObject], {
    nullable: true,
    description:
      'Every EXIF tag, position and serial numbers included; null, with an error, for who may not read restricted metadata.',
  })
  @Guard('restricted.read')
  async exif(@Ctx() context: Context, @Root() image: ImageObject) {
    if (image.pixels !== 'BYTES' || image.digest === null) return [];
    return exifTags((await perRequest(context, factsLoader).load(image.digest))?.exif ?? null);
  }
}
