import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Guard } from '../../governance/rule.schema.ts';
import { enumOf } from '../../kernel/enum-of.ts';
import { PREVIEW_ABSENCES, type PreviewAbsence, type PreviewSize } from './preview.ts';

export const PreviewSizeEnum = enumOf(['THUMBNAIL', 'SCREEN'] satisfies PreviewSize[]);
registerEnumType(PreviewSizeEnum, {
  name: 'PreviewSize',
  description: 'How large a preview is.',
  valuesConfig: {
    THUMBNAIL: { description: 'Longest side 256 pixels.' },
    SCREEN: { description: 'Longest side 1600 pixels.' },
  },
});

export const PreviewAbsenceEnum = enumOf(PREVIEW_ABSENCES);
registerEnumType(PreviewAbsenceEnum, {
  name: 'PreviewAbsence',
  description: 'Why an image has no preview here.',
  valuesConfig: {
    BY_REFERENCE: { description: 'Its pixels are elsewhere.' },
    NOT_ALLOWED: { description: 'You may not read its pixels.' },
    WITHDRAWN: { description: 'Its bytes were withdrawn.' },
  },
});

@ObjectType('PreviewStretch', { description: 'How samples of more than 8 bits are shown.' })
@Guard('inherit')
export class PreviewStretchObject {
  @Field(() => Int, { description: 'Bits of a stored sample.' }) bits: number;
  @Field(() => Float, { description: 'Shown black: the 1st percentile.' }) low: number;
  @Field(() => Float, { description: 'Shown white: the 99th percentile.' }) high: number;
  @Field(() => String, { description: 'The same in words.' }) sentence: string;
}

@ObjectType('ImagePreview', {
  description: 'A picture of an image for the screen, turned as its EXIF orientation asks.',
})
@Guard('inherit')
export class ImagePreviewObject {
  source: string | null;
  size: PreviewSize;
  @Field(() => String, {
    nullable: true,
    description: 'Where to fetch it, below this server, with the same token; immutable. Null: see `reason`.',
  })
  address: string | null;
  @Field(() => PreviewAbsenceEnum, { nullable: true, description: 'Why there is none.' })
  reason: PreviewAbsence | null;
  @Field(() => String, { nullable: true, description: 'image/webp, whatever the image is.' }) mediaType:
    | string
    | null;
  @Field(() => Int, { nullable: true, description: 'Pixels, as shown.' }) width: number | null;
  @Field(() => Int, { nullable: true, description: 'Pixels, as shown.' }) height: number | null;
}
