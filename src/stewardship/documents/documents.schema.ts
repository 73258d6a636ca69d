import { ArgsType, Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DatasetObject } from '../../catalogue/catalogue.schema.ts';
import { PageArgs } from '../../governance/connection.schema.ts';
import { resultOf } from '../../governance/problem.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import { enumOf } from '../../kernel/enum-of.ts';
import { DOCUMENT_FORMS } from './document-forms.ts';
import { type DocumentKind, SOURCE_CODES, type SourceCode } from './document-item.ts';
import type { AnswerKind, Completeness } from './governance-document.ts';

export const DocumentKindEnum = enumOf(Object.keys(DOCUMENT_FORMS) as DocumentKind[]);
registerEnumType(DocumentKindEnum, {
  name: 'DocumentKind',
  description: 'A list of questions as a standard asks them; docs/documents.md.',
  valuesConfig: Object.fromEntries(
    Object.values(DOCUMENT_FORMS).map(({ kind, source }) => [kind, { description: `${source}.` }]),
  ) as { [K in DocumentKind]: { description: string } },
});
const AnswerKindEnum = enumOf<AnswerKind>(['FACTS', 'HUMAN', 'FACTS_AND_HUMAN', 'UNANSWERED']);
registerEnumType(AnswerKindEnum, {
  name: 'DocumentAnswerKind',
  description: 'What stands behind an answer.',
  valuesConfig: {
    FACTS: { description: 'The record.' },
    HUMAN: { description: 'What people wrote.' },
    FACTS_AND_HUMAN: { description: 'Both, each by itself.' },
    UNANSWERED: { description: 'Nobody recorded or wrote a word.' },
  },
});
const SourceCodeEnum = enumOf(SOURCE_CODES);
registerEnumType(SourceCodeEnum, {
  name: 'DocumentSource',
  description: 'Where an answer comes from.',
  valuesConfig: {
    D: { description: 'Dataset record.' },
    I: { description: 'Images.' },
    A: { description: 'Annotations and annotators.' },
    M: { description: 'Acquisition metadata.' },
    S: { description: 'Split.' },
    B: { description: 'Bias report.' },
    N: { description: 'Snapshot: counts and digests.' },
    W: { description: 'Consent and withdrawals.' },
    P: { description: 'Provenance.' },
    U: { description: 'Usage.' },
    H: { description: 'People.' },
  },
});
const DemandEnum = enumOf(['REQUIRED', 'OPTIONAL'] as const);
registerEnumType(DemandEnum, {
  name: 'DocumentDemand',
  description: 'Whether a list of fields demands one.',
  valuesConfig: {
    REQUIRED: { description: 'It is demanded.' },
    OPTIONAL: { description: 'It may be left out.' },
  },
});

@ObjectType('DocumentCompleteness', { description: 'How far a document is answered.' })
@Guard('inherit')
export class DocumentCompletenessObject implements Completeness {
  @Field(() => DocumentKindEnum, { description: 'Of which document.' }) kind: DocumentKind;
  @Field(() => Int, { description: 'Items answered whole.' }) answered: number;
  @Field(() => Int, { description: 'Items with an answer that still ask for something.' }) partly: number;
  @Field(() => Int, { description: 'All items.' }) of: number;
  @Field(() => Int, { description: 'Fields that are demanded and answered whole.' }) requiredAnswered: number;
  @Field(() => Int, { description: 'Fields that are demanded; 0 where the document has no such list.' })
  requiredOf: number;
}

@ObjectType('DocumentFact', { description: 'One sentence that the record answers with.' })
@Guard('inherit')
export class DocumentFactObject {
  @Field(() => String, { description: 'The sentence.' }) text: string;
  @Field(() => SourceCodeEnum, { description: 'Where it comes from.' }) code: SourceCode;
  @Field(() => String, { description: 'What exactly it rests on, such as a report by its id.' })
  basis: string;
}

@ObjectType('DocumentHumanAnswer', { description: 'What people wrote.' })
@Guard('inherit')
export class DocumentHumanAnswerObject {
  @Field(() => String, { description: 'Their words.' }) text: string;
  @Field(() => Int, { description: 'The revision since which they hold.' }) since: number;
}

@ObjectType('DocumentImages', { description: 'How many images have a field.' })
@Guard('inherit')
export class DocumentImagesObject {
  @Field(() => String, { description: 'The field: give it to `imagesWithout`.' }) name: string;
  @Field(() => Int, { nullable: true, description: 'Images with a value; null: a small count of people.' })
  have: number | null;
  @Field(() => Int, { nullable: true, description: 'Images without one; null: a small count of people.' })
  missing: number | null;
}

@ObjectType('DocumentItem', { description: 'One question and its answer.' })
@Guard('inherit')
export class DocumentItemObject {
  @Field(() => String, { description: 'Its number, as its source numbers it.' }) number: string;
  @Field(() => String, { description: 'The section in which it stands.' }) section: string;
  @Field(() => String, { description: 'What is asked, in short.' }) question: string;
  @Field(() => [SourceCodeEnum], { description: 'Where its answer comes from by its nature.' })
  codes: readonly SourceCode[];
  @Field(() => DemandEnum, {
    nullable: true,
    description: 'Whether it is demanded; null: not a list of fields.',
  })
  demand: 'REQUIRED' | 'OPTIONAL' | null;
  @Field(() => AnswerKindEnum, { description: 'What stands behind the answer.' }) kind: AnswerKind;
  @Field(() => [DocumentFactObject], { description: 'What the record answers.' })
  facts: readonly DocumentFactObject[];
  @Field(() => DocumentHumanAnswerObject, { nullable: true, description: 'What people answered.' })
  human: DocumentHumanAnswerObject | null;
  @Field(() => String, {
    nullable: true,
    description: 'What is still to be done, and by which command; null: answered whole.',
  })
  asked: string | null;
  @Field(() => DocumentImagesObject, { nullable: true, description: 'Of a field that each image has.' })
  images: DocumentImagesObject | null;
}

@ObjectType('GovernanceDocument', {
  description: 'A list of questions, each answered from the record, by people, or honestly not.',
})
@Guard('inherit')
export class GovernanceDocumentObject {
  @Field(() => DocumentKindEnum, { description: 'Which list.' }) kind: DocumentKind;
  @Field(() => String, { description: 'Its title.' }) title: string;
  @Field(() => String, { description: 'The standard that it follows.' }) source: string;
  @Field(() => Int, { description: 'The revision it is of.' }) revision: number;
  @Field(() => String, { nullable: true, description: 'Digest of the snapshot it is of.' }) snapshot:
    | string
    | null;
  @Field(() => Int, { description: 'The revision as of which people’s answers are read.' })
  answersAsOf: number;
  @Field(() => String, { description: 'sha256:… of its JSON.' }) digest: string;
  @Field(() => String, {
    description: 'Where it is fetched, below the server’s address; `.html`, `.md` or `.json` comes after it.',
  })
  address: string;
  @Field(() => DocumentCompletenessObject, { description: 'How far it is answered.' })
  completeness: DocumentCompletenessObject;
  @Field(() => [DocumentItemObject], { description: 'Its items, in the order of the source.' })
  items: readonly DocumentItemObject[];
}

@ArgsType()
export class ImagesWithoutArgs extends PageArgs {
  @Field(() => String, { description: 'An acquisition field or a declared factor.' }) field: string;
}

@InputType({ description: 'What people answer to an item.' })
export class AnswerDocumentInput {
  @Field(() => String, { description: 'Slug of the dataset.' }) dataset: string;
  @Field(() => String, { description: 'DOCUMENT.NUMBER, such as datasheet.1 or ai-act.4.' }) item: string;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'The answer; null takes it back.' })
  text: string | null;
}

@ObjectType('AnsweredQuestion', { description: 'An answer that people gave, and where it is shown.' })
@Guard('inherit')
export class AnsweredQuestionObject {
  @Field(() => DatasetObject, { description: 'Of which dataset, as it now stands.' }) dataset: DatasetObject;
  @Field(() => String, { nullable: true, description: 'The answer; null: taken back.' }) text: string | null;
  @Field(() => [String], { description: 'Every item, of whichever document, that it answers.' })
  items: readonly string[];
}

export const AnswerDocumentResult = resultOf('AnswerDocument', AnsweredQuestionObject);
