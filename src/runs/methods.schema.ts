import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Guard } from '../governance/rule.schema.ts';

export const MethodsLanguageEnum = { EN: 'EN', FR: 'FR' } as const;
registerEnumType(MethodsLanguageEnum, {
  name: 'MethodsLanguage',
  description: 'The language of a paragraph.',
  valuesConfig: { EN: { description: 'English.' }, FR: { description: 'French.' } },
});

@ObjectType('MethodsFact', { description: 'A fact that a paragraph rests on, and where it stands.' })
@Guard('inherit')
export class MethodsFactObject {
  @Field(() => String, { description: 'Such as `images`, `split holdout`, `model resnet18`.' }) name: string;
  @Field(() => String, { description: 'In no language: digits without separators, a decimal point.' })
  value: string;
  @Field(() => String, { description: 'The record it was read from.' }) source: string;
}

@ObjectType('MethodsParagraph', {
  description:
    'A paragraph for "Materials and methods". What nobody recorded is left out or said to be unknown.',
})
@Guard('inherit')
export class MethodsParagraphObject {
  @Field(() => String, { description: 'The paragraph, one line of plain text.' }) text: string;
  @Field(() => [MethodsFactObject], { description: 'What it rests on.' })
  facts: readonly MethodsFactObject[];
}
