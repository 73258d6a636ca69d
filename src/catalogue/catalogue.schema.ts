import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf, PageInfoObject } from '../governance/connection.schema.ts';
import {
  GrantedRoleObject,
  NodeObject,
  RevokedRoleObject,
  RoleEnum,
} from '../governance/governance.schema.ts';
import { ErrorCodeEnum, resultOf } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import type { Privilege, Role } from '../kernel/actor.ts';
import type { ErrorCode } from '../kernel/errors.ts';

const SensitivityEnum = { NONE: 'NONE', PERSONAL: 'PERSONAL' } as const;
registerEnumType(SensitivityEnum, {
  name: 'Sensitivity',
  description: 'Whether a dataset speaks of people; declared once.',
  valuesConfig: {
    NONE: { description: 'No salts: the same files and labels give the same digest on any machine.' },
    PERSONAL: {
      description:
        'Random ids and salts, so that nothing can be confirmed from a hash after erasure; small counts are suppressed.',
    },
  },
});
const PixelsEnum = { BYTES: 'BYTES', REFERENCE: 'REFERENCE' } as const;
registerEnumType(PixelsEnum, {
  name: 'Pixels',
  description: 'Where an image’s pixels are.',
  valuesConfig: {
    BYTES: { description: 'Held here, byte for byte.' },
    REFERENCE: { description: 'Elsewhere, at an address.' },
  },
});
export const ExclusionStageEnum = {
  COLLECTED: 'COLLECTED',
  DECODED: 'DECODED',
  ELIGIBLE: 'ELIGIBLE',
  ANNOTATED: 'ANNOTATED',
  RELEASED: 'RELEASED',
} as const;
registerEnumType(ExclusionStageEnum, {
  name: 'ExclusionStage',
  description: 'The stage of the flow at which an image left it.',
  valuesConfig: {
    COLLECTED: { description: 'Before anything was done with it.' },
    DECODED: { description: 'Its file could not be used.' },
    ELIGIBLE: { description: 'It does not belong to the study.' },
    ANNOTATED: { description: 'It could not be labelled.' },
    RELEASED: { description: 'It was kept out of the release.' },
  },
});
const ChangeKindEnum = { OPENED: 'OPENED', CLOSED: 'CLOSED' } as const;
registerEnumType(ChangeKindEnum, {
  name: 'ChangeKind',
  description: 'How a governed row differs between two revisions.',
  valuesConfig: {
    OPENED: { description: 'It holds at the later one only.' },
    CLOSED: { description: 'It held at the earlier one only.' },
  },
});

@ObjectType('Dataset', {
  implements: NodeObject,
  description: 'Images, their labels and how they were made, append-only by revision.',
})
@Guard('dataset.read')
export class DatasetObject extends NodeObject {
  datasetId: string;
  @Field(() => String, { description: 'Its name in addresses and commands.' }) slug: string;
  @Field(() => String, { description: 'Its name for people.' }) title: string;
  @Field(() => String, { description: 'What it is.' }) description: string;
  @Field(() => String, { nullable: true, description: 'SPDX identifier; null: none was declared.' }) licence:
    | string
    | null;
  @Field(() => String, { nullable: true, description: 'Who answers for it.' }) custodian: string | null;
  @Field(() => [String], { description: 'Data use terms (DUO codes).' }) dataUseTerms: readonly string[];
  @Field(() => SensitivityEnum, { description: 'Whether it speaks of people.' }) sensitivity:
    | 'NONE'
    | 'PERSONAL';
  @Field(() => String, { description: 'What the statistics count as one independent thing.' }) unit: string;
  @Field(() => Int, { description: 'Grows by one with every committed change.' }) revision: number;
  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' }) createdAt: Date;
}
export const DatasetConnection = connectionOf<DatasetObject>('Dataset', () => DatasetObject);

@ObjectType('Exclusion', { description: 'Why an image is kept out, and at which stage.' })
@Guard('dataset.read')
export class ExclusionObject {
  datasetId: string;
  @Field(() => ExclusionStageEnum, { description: 'The stage of the flow.' }) stage: string;
  @Field(() => String, { description: 'The reason, as given.' }) reason: string;
}

@ObjectType('Image', {
  implements: NodeObject,
  description: 'An image of a dataset as of a revision: a name and the digest of its bytes.',
})
@Guard('dataset.read')
export class ImageObject extends NodeObject {
  datasetId: string;
  asOf: number;
  @Field(() => String, {
    description: '32 hexadecimal digits, made of name and digest: the id in manifests.',
  })
  imageId: string;
  sensitivity: 'NONE' | 'PERSONAL';
  @Field(() => String, {
    nullable: true,
    description:
      'As imported; unique in the dataset. Null in a personal dataset for who may not read restricted metadata.',
  })
  name: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the bytes; null for a reference without a declared digest.',
  })
  digest: string | null;
  @Field(() => PixelsEnum, { description: 'Held here, or by reference.' }) pixels: 'BYTES' | 'REFERENCE';
  @Field(() => String, { nullable: true, description: 'Where a referenced image lies.' }) address:
    | string
    | null;
  @Field(() => String, { nullable: true, description: 'By its bytes; for a reference as declared.' })
  mediaType: string | null;
  @Field(() => Float, { nullable: true, description: 'Bytes.' }) size: number | null;
  @Field(() => Int, { nullable: true, description: 'Pixels, stored-pixel frame.' }) width: number | null;
  @Field(() => Int, { nullable: true, description: 'Pixels, stored-pixel frame.' }) height: number | null;
  @Field(() => Int, { description: 'The revision that brought it.' }) since: number;
  @Field(() => ExclusionObject, { nullable: true, description: 'Null: kept.' })
  exclusion: ExclusionObject | null;
}
export const ImageConnection = connectionOf<ImageObject>('Image', () => ImageObject);

@ObjectType('ExclusionEntry', { description: 'A line of the exclusion ledger.' })
@Guard('dataset.read')
export class ExclusionEntryObject {
  datasetId: string;
  @Field(() => String, { description: 'The image kept out.' }) imageId: string;
  @Field(() => String, { nullable: true, description: 'Its name; null where names are restricted.' })
  imageName: string | null;
  @Field(() => ExclusionStageEnum, { description: 'The stage of the flow.' }) stage: string;
  @Field(() => String, { description: 'The reason, as given.' }) reason: string;
  @Field(() => String, { nullable: true, description: 'Id of the principal who excluded it.' })
  excludedBy: string | null;
  @Field(() => Int, { description: 'The revision that kept it out.' }) since: number;
  @Field(() => Int, { nullable: true, description: 'The revision that took this back; null: it holds.' })
  until: number | null;
}
export const ExclusionEntryConnection = connectionOf<ExclusionEntryObject>(
  'ExclusionEntry',
  () => ExclusionEntryObject,
);

@ObjectType('ImageCounts', { description: 'How many images a dataset has.' })
@Guard('inherit')
export class ImageCountsObject {
  @Field(() => Int, { description: 'Kept.' }) kept: number;
  @Field(() => Int, { description: 'Excluded, with a reason each.' }) excluded: number;
}

@ObjectType('LabelClass', { description: 'A class of the label schema.' })
@Guard('dataset.read')
export class LabelClassObject {
  datasetId: string;
  @Field(() => String, { description: 'Its name.' }) name: string;
  @Field(() => String, { nullable: true, description: 'Its term in an ontology.' }) iri: string | null;
  @Field(() => Int, { description: 'Its place in the schema, from 0.' }) position: number;
}

@ObjectType('Revision', { description: 'One committed change of a dataset.' })
@Guard('dataset.read')
export class RevisionObject {
  datasetId: string;
  @Field(() => Int, { description: 'From 1.' }) number: number;
  @Field(() => GraphQLDateTimeISO, { description: 'When.' }) at: Date;
  @Field(() => String, { description: 'What changed, in words.' }) summary: string;
}
export const RevisionConnection = connectionOf<RevisionObject>('Revision', () => RevisionObject);

@ObjectType('GovernedChange', { description: 'A row that holds at one of two revisions only.' })
@Guard('dataset.read')
export class GovernedChangeObject {
  datasetId: string;
  @Field(() => ChangeKindEnum, { description: 'Opened or closed.' }) change: 'OPENED' | 'CLOSED';
  @Field(() => Int, { description: 'The revision that did it.' }) revision: number;
  @Field(() => String, { description: 'The image concerned.' }) imageId: string;
}

@ObjectType('GovernedChangeEdge', { description: 'A change with its place in a connection.' })
@Guard('inherit')
export class GovernedChangeEdgeObject {
  @Field(() => String, { description: 'Opaque; give it as `after`.' }) cursor: string;
  @Field(() => GovernedChangeObject, { description: 'The change.' }) node: GovernedChangeObject;
}

@ObjectType('GovernedChangeConnection', {
  description: 'A page of changes (Relay), with counts of them all.',
})
@Guard('inherit')
export class GovernedChangeConnectionObject {
  @Field(() => Int, { description: 'Rows that hold at the later revision only.' }) opened: number;
  @Field(() => Int, { description: 'Rows that held at the earlier revision only.' }) closed: number;
  @Field(() => [GovernedChangeEdgeObject], { description: 'The page.' }) edges: GovernedChangeEdgeObject[];
  @Field(() => [GovernedChangeObject], { description: 'The page, without cursors.' })
  nodes: GovernedChangeObject[];
  @Field(() => PageInfoObject, { description: 'Where this page stands.' }) pageInfo: PageInfoObject;
}

@ObjectType('RevisionDiff', { description: 'What differs between two revisions of a dataset.' })
@Guard('dataset.read')
export class RevisionDiffObject {
  datasetId: string;
  @Field(() => Int, { description: 'The earlier one.' }) from: number;
  @Field(() => Int, { description: 'The later one.' }) to: number;
}

@ObjectType('RefusedRow', { description: 'A row that a bulk import did not take.' })
@Guard('inherit')
export class RefusedRowObject {
  @Field(() => Int, { description: 'Its index in the request, from 0.' }) row: number;
  @Field(() => String, { description: 'The image it named.' }) name: string;
  @Field(() => String, { nullable: true, description: 'The field at fault.' }) field: string | null;
  @Field(() => ErrorCodeEnum, { description: 'Which rule it breaks.' }) code: ErrorCode;
  @Field(() => String, { description: 'What is wrong and the way out.' }) message: string;
}

@ObjectType('BulkReport', {
  description: 'What a bulk import did; every row was taken, already there or refused.',
})
@Guard('inherit')
export class BulkReportObject {
  @Field(() => Int, { description: 'The revision the dataset stands at afterwards.' }) revision: number;
  @Field(() => Int, { description: 'Rows taken.' }) taken: number;
  @Field(() => Int, { description: 'Rows that were there already, the same.' }) alreadyThere: number;
  @Field(() => [RefusedRowObject], { description: 'Rows refused, each with why.' })
  refused: readonly RefusedRowObject[];
}

@InputType()
abstract class DescriptionInput {
  @Field(() => String, { description: 'Its name for people.' }) title: string;
  @Field(() => String, { defaultValue: '', description: 'What it is.' }) description: string;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'SPDX identifier.' })
  licence: string | null;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'Who answers for it.' })
  custodian: string | null;
  @Field(() => [String], { defaultValue: [], description: 'Data use terms (DUO codes).' })
  dataUseTerms: string[];
}

@InputType({ description: 'A new dataset.' })
export class CreateDatasetInput extends DescriptionInput {
  @Field(() => String, { description: 'a–z, 0–9 and inner "-".' }) slug: string;
  @Field(() => SensitivityEnum, {
    defaultValue: 'NONE',
    description: 'Whether it speaks of people; declared once.',
  })
  sensitivity: 'NONE' | 'PERSONAL';
  @Field(() => String, {
    defaultValue: 'subject',
    description: 'The field whose values are the independent units; `image` for none.',
  })
  unit: string;
}

@InputType({ description: 'The description of a dataset, replaced as one.' })
export class DescribeDatasetInput extends DescriptionInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
}

@InputType({ description: 'A class of the label schema.' })
export class LabelClassInput {
  @Field(() => String, { description: 'Its name.' }) name: string;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'Its term in an ontology.' }) iri:
    | string
    | null;
}

@InputType({ description: 'The classes of a dataset, in order.' })
export class DefineLabelSchemaInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => [LabelClassInput], { description: 'In order; the order is part of a snapshot.' })
  classes: LabelClassInput[];
  @Field(() => Boolean, { defaultValue: false, description: 'Add to the classes in force and remove none.' })
  extend: boolean;
}

@InputType({ description: 'One image to exclude.' })
export class ExclusionInput {
  @Field(() => String, { description: 'Its name.' }) image: string;
  @Field(() => ExclusionStageEnum, { description: 'The stage of the flow.' }) stage:
    | 'COLLECTED'
    | 'DECODED'
    | 'ELIGIBLE'
    | 'ANNOTATED'
    | 'RELEASED';
  @Field(() => String, { description: 'Why.' }) reason: string;
}

@InputType({ description: 'Images to exclude, all or none.' })
export class ExcludeImagesInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => [ExclusionInput], { description: 'Each with stage and reason.' }) exclusions: ExclusionInput[];
}

@InputType({ description: 'Images to keep again.' })
export class ReadmitImagesInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => [String], { description: 'Their names.' }) images: string[];
}

@InputType({ description: 'A role for a principal or a group.' })
export class RoleInput {
  @Field(() => String, { description: 'Name of the principal, or of the group.' }) principal: string;
  @Field(() => RoleEnum, { description: 'The role, or the privilege.' }) role: Role | Privilege;
  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    description: 'Slug of a dataset; null: the whole instance.',
  })
  dataset: string | null;
}

export const CreateDatasetResult = resultOf('CreateDataset', DatasetObject);
export const DescribeDatasetResult = resultOf('DescribeDataset', DatasetObject);
export const DefineLabelSchemaResult = resultOf('DefineLabelSchema', DatasetObject);
export const ExcludeImagesResult = resultOf('ExcludeImages', DatasetObject);
export const ReadmitImagesResult = resultOf('ReadmitImages', DatasetObject);
export const GrantRoleResult = resultOf('GrantRole', GrantedRoleObject);
export const RevokeRoleResult = resultOf('RevokeRole', RevokedRoleObject);
