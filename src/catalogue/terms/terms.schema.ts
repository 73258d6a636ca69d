import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../governance/connection.schema.ts';
import { resultOf } from '../../governance/problem.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import { PURPOSES, type Purpose } from './purpose.ts';
import type { Requirement, Visibility } from './terms.ts';

const VisibilityEnum = { PRIVATE: 'PRIVATE', PUBLIC: 'PUBLIC' } as const;
registerEnumType(VisibilityEnum, {
  name: 'Visibility',
  description: 'To whom a dataset is open.',
  valuesConfig: {
    PRIVATE: { description: 'To those who were granted a role.' },
    PUBLIC: {
      description: 'To every principal of the instance, as readers, from the end of the embargo on.',
    },
  },
});
const RequirementEnum = { NONE: 'NONE', REQUIRED: 'REQUIRED' } as const;
registerEnumType(RequirementEnum, {
  name: 'Requirement',
  description: 'Whether something is needed before data are handed out.',
  valuesConfig: {
    NONE: { description: 'Nothing is asked.' },
    REQUIRED: { description: 'Without it, snapshots or pixels are refused.' },
  },
});
const PurposeEnum = Object.fromEntries(Object.keys(PURPOSES).map((name) => [name, name])) as {
  [K in Purpose]: K;
};
registerEnumType(PurposeEnum, {
  name: 'Purpose',
  description: 'What a consumer says the data are for.',
  valuesConfig: Object.fromEntries(
    Object.entries(PURPOSES).map(([name, description]) => [name, { description }]),
  ),
});

@ObjectType('DataUseTerm', { description: 'A term of the Data Use Ontology.' })
@Guard('inherit')
export class DataUseTermObject {
  @Field(() => String, { description: 'Its code, such as DUO:0000042.' }) code: string;
  @Field(() => String, { description: 'Its short name, such as GRU.' }) abbreviation: string;
  @Field(() => String, { description: 'What it says.' }) sentence: string;
}

@ObjectType('TermsAcceptance', { description: 'That a consumer accepted a version of the terms.' })
@Guard('inherit')
export class TermsAcceptanceObject {
  @Field(() => Int, { description: 'Which version.' }) version: number;
  @Field(() => [PurposeEnum], { description: 'For what.' }) purposes: readonly Purpose[];
  @Field(() => String, { nullable: true, description: 'What the terms wanted said in writing.' }) statement:
    | string
    | null;
  @Field(() => GraphQLDateTimeISO, { description: 'When.' }) acceptedAt: Date;
}

@ObjectType('ConsumerAcceptance', { description: 'Who accepted a version of the terms, and for what.' })
@Guard('consumers.read')
export class ConsumerAcceptanceObject extends TermsAcceptanceObject {
  datasetId: string;
  @Field(() => String, { nullable: true, description: 'Name of the principal.' }) principal: string | null;
}
export const ConsumerAcceptanceConnection = connectionOf<ConsumerAcceptanceObject>(
  'ConsumerAcceptance',
  () => ConsumerAcceptanceObject,
);

@ObjectType('DatasetTerms', { description: 'On which terms a dataset is handed out, as one version.' })
@Guard('dataset.read')
export class DatasetTermsObject {
  datasetId: string;
  @Field(() => Int, { description: 'From 1.' }) version: number;
  @Field(() => Int, { description: 'The revision that declared it.' }) since: number;
  @Field(() => GraphQLDateTimeISO, { description: 'When it was declared.' }) declaredAt: Date;
  @Field(() => String, { nullable: true, description: 'SPDX identifier; null: none was declared.' }) licence:
    | string
    | null;
  @Field(() => [DataUseTermObject], { description: 'Terms of the Data Use Ontology.' })
  dataUseTerms: readonly DataUseTermObject[];
  @Field(() => VisibilityEnum, { description: 'To whom the dataset is open.' }) visibility: Visibility;
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until then only those who work on the dataset read pixels and snapshots; null: no embargo.',
  })
  embargoUntil: Date | null;
  @Field(() => RequirementEnum, { description: 'Whether consumers have to accept this version.' })
  acceptance: Requirement;
  @Field(() => RequirementEnum, { description: 'Whether every image needs the consent of its subject.' })
  consent: Requirement;
  @Field(() => String, { description: 'The terms in words.' }) text: string;
}

@InputType({ description: 'The terms of a dataset, declared as one.' })
export class DeclareTermsInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'SPDX identifier.' }) licence:
    | string
    | null;
  @Field(() => [String], { defaultValue: [], description: 'Codes of the Data Use Ontology.' })
  dataUseTerms: string[];
  @Field(() => VisibilityEnum, { defaultValue: 'PRIVATE', description: 'To whom the dataset is open.' })
  visibility: Visibility;
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    defaultValue: null,
    description: 'Until then only those who work on the dataset read pixels and snapshots.',
  })
  embargoUntil: Date | null;
  @Field(() => RequirementEnum, {
    defaultValue: 'NONE',
    description: 'Whether consumers have to accept this version.',
  })
  acceptance: Requirement;
  @Field(() => RequirementEnum, {
    defaultValue: 'NONE',
    description: 'Whether every image needs the consent of its subject.',
  })
  consent: Requirement;
  @Field(() => String, { defaultValue: '', description: 'The terms in words.' }) text: string;
}

@InputType({ description: 'What is accepted, and for what.' })
export class AcceptTermsInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => Int, { description: 'The version that was read; it has to be the one in force.' })
  version: number;
  @Field(() => [PurposeEnum], { description: 'For what the data are used.' }) purposes: Purpose[];
  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    description: 'What the terms want said in writing, such as the approval of an ethics committee.',
  })
  statement: string | null;
}

export const DeclareTermsResult = resultOf('DeclareTerms', DatasetTermsObject);
export const AcceptTermsResult = resultOf('AcceptTerms', TermsAcceptanceObject);
