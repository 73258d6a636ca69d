import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { BulkReportObject } from '../catalogue/catalogue.schema.ts';
import { resultOf } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import type { ImageRegistration } from './image-registration.ts';

@ObjectType('ImageQualityMeasure', { description: 'One quality measure of an image (docs/statistics.md).' })
@Guard('inherit')
export class QualityMeasureObject {
  @Field(() => String, { description: 'mean, contrast, sharpness, noise, …' }) name: string;
  @Field(() => Float, { nullable: true, description: 'Null where it cannot be measured.' }) value:
    | number
    | null;
  @Field(() => String, { nullable: true, description: 'Why it is null.' }) reason: string | null;
}

@ObjectType('ExifTag', { description: 'One EXIF tag, as stored in the file.' })
@Guard('inherit')
export class ExifTagObject {
  @Field(() => String, { description: 'image, photo or gps.' }) directory: string;
  @Field(() => String, { description: 'Its name (CIPA DC-008).' }) name: string;
  @Field(() => String, { description: 'Its value.' }) value: string;
}

@ObjectType('ImageFacts', { description: 'What decoding found in an image’s bytes.' })
@Guard('inherit')
export class ImageFactsObject {
  @Field(() => String, { description: 'By its bytes, not its name.' }) mediaType: string;
  @Field(() => Int, { description: 'Pixels, stored-pixel frame.' }) width: number;
  @Field(() => Int, { description: 'Pixels, stored-pixel frame.' }) height: number;
  @Field(() => Int, { nullable: true, description: 'EXIF orientation, 1 to 8; null: none stored.' })
  orientation: number | null;
  @Field(() => Int, { description: 'Bits a sample.' }) bitDepth: number;
  @Field(() => String, { description: 'UINT, FLOAT, …' }) sampleFormat: string;
  @Field(() => Int, { description: 'Samples a pixel.' }) channels: number;
  @Field(() => Int, { description: 'Pages, frames or planes in the file.' }) pages: number;
  @Field(() => String, { description: 'As the decoder names it.' }) colourSpace: string;
  @Field(() => Boolean, { description: 'Whether the format loses detail.' }) wasLossy: boolean;
  @Field(() => String, { nullable: true, description: '64-bit difference hash, 16 hexadecimal digits.' })
  differenceHash: string | null;
  @Field(() => String, { nullable: true, description: 'SHA-256 of its thumbnail.' }) thumbnailDigest:
    | string
    | null;
  @Field(() => [QualityMeasureObject], { description: 'Quality measures.' }) quality: QualityMeasureObject[];
}

@ObjectType('DuplicateImage', { description: 'An image that has a twin.' })
@Guard('inherit')
export class DuplicateImageObject {
  @Field(() => String, { description: 'Its id.' }) id: string;
  @Field(() => String, { nullable: true, description: 'Its name; null where names are restricted.' }) name:
    | string
    | null;
}

@ObjectType('ExactDuplicate', { description: 'Names with the very same bytes.' })
@Guard('dataset.read')
export class ExactDuplicateObject {
  datasetId: string;
  @Field(() => String, { description: 'SHA-256 of the bytes.' }) digest: string;
  @Field(() => [DuplicateImageObject], { description: 'Two or more.' })
  images: readonly DuplicateImageObject[];
}

@ObjectType('NearDuplicate', { description: 'Two images that look the same, confirmed by correlation.' })
@Guard('dataset.read')
export class NearDuplicateObject {
  datasetId: string;
  @Field(() => String, { description: 'Id of one.' }) first: string;
  @Field(() => String, { description: 'Id of the other.' }) second: string;
  @Field(() => String, { nullable: true, description: 'Name of one; null where names are restricted.' })
  firstName: string | null;
  @Field(() => String, { nullable: true, description: 'Name of the other; null where names are restricted.' })
  secondName: string | null;
  @Field(() => Int, { description: 'Hamming distance of their difference hashes.' }) distance: number;
  @Field(() => Float, { description: 'Normalised cross-correlation of their 32 × 32 thumbnails.' })
  correlation: number;
}

@ObjectType('Duplicates', { description: 'Duplicates among the kept images of a revision.' })
@Guard('dataset.read')
export class DuplicatesObject {
  datasetId: string;
  @Field(() => Int, { description: 'The revision.' }) asOf: number;
  @Field(() => [ExactDuplicateObject], { description: 'Same bytes.' }) exact: readonly ExactDuplicateObject[];
  @Field(() => [NearDuplicateObject], { description: 'Same look.' }) near: readonly NearDuplicateObject[];
  @Field(() => Int, { description: 'Pairs alike by hash, before confirmation.' }) candidateCount: number;
  @Field(() => Int, { description: 'Images compared; those by reference cannot be.' }) comparedCount: number;
}

@InputType({ description: 'An image whose bytes were uploaded, or that stays elsewhere.' })
export class ImageRegistrationInput implements ImageRegistration {
  @Field(() => String, { description: 'Unique in the dataset.' }) name: string;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'SHA-256, 64 hexadecimal digits.' })
  digest: string | null;
  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    description: 'Where it stays; with it the image is by reference.',
  })
  address: string | null;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'For a reference: as declared.' })
  mediaType: string | null;
  @Field(() => Float, {
    nullable: true,
    defaultValue: null,
    description: 'For a reference: bytes, as declared.',
  })
  size: number | null;
  @Field(() => Int, {
    nullable: true,
    defaultValue: null,
    description: 'For a reference: pixels, as declared.',
  })
  width: number | null;
  @Field(() => Int, {
    nullable: true,
    defaultValue: null,
    description: 'For a reference: pixels, as declared.',
  })
  height: number | null;
}

@InputType({ description: 'Images to register.' })
export class RegisterImagesInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => Boolean, { defaultValue: false, description: 'Take nothing if one row is bad.' })
  strict: boolean;
  @Field(() => [ImageRegistrationInput], {
    description: 'At most a few hundred with bytes a request: each is decoded.',
  })
  images: ImageRegistrationInput[];
}

export const RegisterImagesResult = resultOf('RegisterImages', BulkReportObject);
