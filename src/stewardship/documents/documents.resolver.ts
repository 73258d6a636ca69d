import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { AsOf } from '../../catalogue/as-of.schema.ts';
import { DatasetObject, ImageConnection } from '../../catalogue/catalogue.schema.ts';
import type { Dataset } from '../../catalogue/dataset.ts';
import { toConnection } from '../../governance/connection.schema.ts';
import { orProblem } from '../../governance/problem.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import { type Context, perRequest } from '../../platform/context.ts';
import type { Snapshot } from '../../snapshots/snapshot.ts';
import { SnapshotObject } from '../../snapshots/snapshots.schema.ts';
import { answerDocument } from './answer-document.usecase.ts';
import { DOCUMENT_FORMS, FORMS } from './document-forms.ts';
import type { DocumentKind } from './document-item.ts';
import { documentView } from './document-view.ts';
import { datasetMaterialLoader, snapshotMaterialLoader } from './documents.loaders.ts';
import {
  AnswerDocumentInput,
  AnswerDocumentResult,
  DocumentCompletenessObject,
  DocumentKindEnum,
  GovernanceDocumentObject,
  ImagesWithoutArgs,
} from './documents.schema.ts';
import { governanceDocument } from './governance-document.ts';
import { readImagesWithout } from './list-images-without.usecase.ts';
import type { DocumentMaterial } from './read-document.usecase.ts';

const made = (kind: DocumentKind, { facts, answers, answersAsOf }: DocumentMaterial) =>
  governanceDocument(DOCUMENT_FORMS[kind], facts, answers, answersAsOf);

@Resolver(() => DatasetObject)
export class DatasetDocumentsResolver {
  @FieldResolver(() => GovernanceDocumentObject, {
    description: 'A document filled from the record of a revision, and from what people wrote by then.',
  })
  async document(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Arg('kind', () => DocumentKindEnum, { description: 'Which document.' }) kind: DocumentKind,
    @AsOf() asOf?: number | null,
  ) {
    const key = { dataset, asOf: asOf ?? null };
    return documentView(made(kind, await perRequest(context, datasetMaterialLoader).load(key)));
  }

  @FieldResolver(() => [DocumentCompletenessObject], {
    description: 'How far each of its documents is answered.',
  })
  async documentCompleteness(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @AsOf() asOf?: number | null,
  ) {
    const key = { dataset, asOf: asOf ?? null };
    const material = await perRequest(context, datasetMaterialLoader).load(key);
    return FORMS.map(({ kind }) => ({ kind, ...made(kind, material).completeness }));
  }

  @FieldResolver(() => ImageConnection, {
    description:
      'The kept images without a value of a field. Of a personal dataset for who may read restricted metadata alone.',
  })
  async imagesWithout(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Args(() => ImagesWithoutArgs) { field, ...page }: ImagesWithoutArgs,
    @AsOf() asOf?: number | null,
  ) {
    const at = { datasetId: dataset.id, asOf: asOf ?? null };
    return toConnection(await readImagesWithout(context, at, field, page));
  }

  @Mutation(() => AnswerDocumentResult as never, {
    description: 'Writes what people alone know; one answer serves every document that asks the same.',
  })
  @Guard('dataset.curate')
  answerDocument(
    @Ctx() context: Context,
    @Arg('input', () => AnswerDocumentInput, { description: 'Which item, and the answer.' })
    input: AnswerDocumentInput,
  ) {
    return orProblem(answerDocument(context, input));
  }
}

@Resolver(() => SnapshotObject)
export class SnapshotDocumentsResolver {
  @FieldResolver(() => GovernanceDocumentObject, {
    description: 'A document filled from the record of the snapshot, and from what people wrote by then.',
  })
  async document(
    @Ctx() context: Context,
    @Root() snapshot: Snapshot,
    @Arg('kind', () => DocumentKindEnum, { description: 'Which document.' }) kind: DocumentKind,
    @Arg('answersAsOf', () => Int, {
      nullable: true,
      description: 'Take people’s answers of this later revision; of the snapshot’s own unless said.',
    })
    answersAsOf?: number | null,
  ) {
    const key = { snapshot, answersAsOf: answersAsOf ?? null };
    return documentView(made(kind, await perRequest(context, snapshotMaterialLoader).load(key)));
  }

  @FieldResolver(() => ImageConnection, {
    description:
      'Its images without a value of a field. Of a personal dataset for who may read restricted metadata alone.',
  })
  async imagesWithout(
    @Ctx() context: Context,
    @Root() { datasetId, revision: asOf }: Snapshot,
    @Args(() => ImagesWithoutArgs) { field, ...page }: ImagesWithoutArgs,
  ) {
    return toConnection(await readImagesWithout(context, { datasetId, asOf }, field, page));
  }
}
