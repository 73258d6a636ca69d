import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { DatasetObject } from '../../catalogue/catalogue.schema.ts';
import { connectionOf } from '../../governance/connection.schema.ts';
import { resultOf } from '../../governance/problem.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import { CONSENT_SCOPES, type ConsentScope } from './consent.ts';

const ConsentScopeEnum = Object.fromEntries(Object.keys(CONSENT_SCOPES).map((name) => [name, name])) as {
  [K in ConsentScope]: K;
};
registerEnumType(ConsentScopeEnum, {
  name: 'ConsentScope',
  description: 'To what a subject may consent.',
  valuesConfig: Object.fromEntries(
    Object.entries(CONSENT_SCOPES).map(([name, description]) => [name, { description }]),
  ),
});

@ObjectType('SubjectConsent', { description: 'To what a subject consents.' })
@Guard('restricted.read')
export class SubjectConsentObject {
  datasetId: string;
  @Field(() => String, { description: 'The subject, as acquisition metadata name it.' }) subject: string;
  @Field(() => [ConsentScopeEnum], { description: 'To what; none: to nothing.' })
  scopes: readonly ConsentScope[];
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'From then on it counts as lacking; null: until another is declared.',
  })
  until: Date | null;
}
export const SubjectConsentConnection = connectionOf<SubjectConsentObject>(
  'SubjectConsent',
  () => SubjectConsentObject,
);

@InputType({ description: 'To what subjects consent, in the place of what they said before.' })
export class DeclareConsentInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => [String], { description: 'The subjects, as acquisition metadata name them.' })
  subjects: string[];
  @Field(() => [ConsentScopeEnum], { description: 'To what; none: to nothing.' }) scopes: ConsentScope[];
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    defaultValue: null,
    description: 'From then on it counts as lacking; null: until another is declared.',
  })
  until: Date | null;
}

export const DeclareConsentResult = resultOf('DeclareConsent', DatasetObject);
