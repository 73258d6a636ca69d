import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { PageArgs, toConnection } from '../../governance/connection.schema.ts';
import { orProblem } from '../../governance/problem.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import { type Context, perRequest } from '../../platform/context.ts';
import { DatasetObject } from '../catalogue.schema.ts';
import type { Dataset } from '../dataset.ts';
import { acceptTerms } from './accept-terms.usecase.ts';
import { DATA_USE_TERMS } from './data-use-ontology.ts';
import { declareTerms } from './declare-terms.usecase.ts';
import { readAcceptances } from './read-terms.usecase.ts';
import { ownAcceptancesLoader, termsLoader } from './terms.loaders.ts';
import {
  AcceptTermsInput,
  AcceptTermsResult,
  ConsumerAcceptanceConnection,
  DatasetTermsObject,
  DataUseTermObject,
  DeclareTermsInput,
  DeclareTermsResult,
  TermsAcceptanceObject,
} from './terms.schema.ts';
import type { DatasetTerms } from './terms.ts';

@Resolver(() => DatasetObject)
export class DatasetTermsResolver {
  @FieldResolver(() => DatasetTermsObject, {
    nullable: true,
    description: 'On which terms it is handed out; null: none were declared, and roles alone decide.',
  })
  terms(
    @Ctx() context: Context,
    @Root() { datasetId }: Dataset,
    @Arg('version', () => Int, { nullable: true, description: 'Those in force unless said.' })
    version?: number | null,
  ) {
    return perRequest(context, termsLoader).load({ datasetId, version: version ?? null });
  }

  @FieldResolver(() => ConsumerAcceptanceConnection, {
    description: 'Who accepted its terms, in the order in which they did.',
  })
  @Guard('consumers.read')
  async termsAcceptances(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return toConnection(await readAcceptances(context, dataset.datasetId, page));
  }

  @FieldResolver(() => [TermsAcceptanceObject], {
    description: 'What you accepted of its terms yourself, at every version.',
  })
  ownTermsAcceptances(@Ctx() context: Context, @Root() dataset: Dataset) {
    return perRequest(context, ownAcceptancesLoader).load(dataset.datasetId);
  }

  @Mutation(() => DeclareTermsResult as never, {
    description:
      'Declares the terms as their next version; consumers have to accept it anew where they must.',
  })
  @Guard('terms.declare')
  declareTerms(
    @Ctx() context: Context,
    @Arg('input', () => DeclareTermsInput, { description: 'The terms.' }) input: DeclareTermsInput,
  ) {
    return orProblem(declareTerms(context, input));
  }

  @Mutation(() => AcceptTermsResult as never, {
    description: 'Accepts the terms in force, on the record, for the purposes that are stated.',
  })
  @Guard('dataset.read')
  acceptTerms(
    @Ctx() context: Context,
    @Arg('input', () => AcceptTermsInput, { description: 'Which, and for what.' }) input: AcceptTermsInput,
  ) {
    return orProblem(acceptTerms(context, input));
  }
}

@Resolver(() => DatasetTermsObject)
export class TermsResolver {
  @FieldResolver(() => [DataUseTermObject], { description: 'Terms of the Data Use Ontology.' })
  dataUseTerms(@Root() { dataUseTerms }: DatasetTerms) {
    return dataUseTerms.flatMap((code) => DATA_USE_TERMS.get(code) ?? []);
  }
}
