import { createUnionType, Field, InputType, Int, ObjectType } from 'type-graphql';
import { Guard } from '../governance/rule.schema.ts';
import type { Geometry } from './geometry.ts';

@ObjectType('PointGeometry', { description: 'A point; decimals in pixels.' })
@Guard('inherit')
class PointObject {
  @Field(() => String, { description: 'From the left edge.' }) x: string;
  @Field(() => String, { description: 'From the top edge.' }) y: string;
}

@ObjectType('BoxGeometry', {
  description: 'An upright box; decimals in pixels. (0, 0, 1, 1) encloses the first pixel.',
})
@Guard('inherit')
class BoxObject {
  @Field(() => String, { description: 'Left edge.' }) x: string;
  @Field(() => String, { description: 'Top edge.' }) y: string;
  @Field(() => String, { description: 'Width.' }) width: string;
  @Field(() => String, { description: 'Height.' }) height: string;
}

@ObjectType('RotatedBoxGeometry', { description: 'A box turned about its centre.' })
@Guard('inherit')
class RotatedBoxObject {
  @Field(() => String, { description: 'Centre, from the left edge.' }) centreX: string;
  @Field(() => String, { description: 'Centre, from the top edge.' }) centreY: string;
  @Field(() => String, { description: 'Width before turning.' }) width: string;
  @Field(() => String, { description: 'Height before turning.' }) height: string;
  @Field(() => String, { description: 'Degrees, clockwise.' }) degrees: string;
}

@ObjectType('PolygonGeometry', { description: 'The union of its rings.' })
@Guard('inherit')
class PolygonObject {
  @Field(() => [[[String]]], { description: 'Rings of [x, y].' }) rings: string[][][];
}

@ObjectType('PolylineGeometry', { description: 'A line through points.' })
@Guard('inherit')
class PolylineObject {
  @Field(() => [[String]], { description: '[x, y], in order.' }) points: string[][];
}

@ObjectType('EllipseGeometry', { description: 'An ellipse turned about its centre.' })
@Guard('inherit')
class EllipseObject {
  @Field(() => String, { description: 'Centre, from the left edge.' }) centreX: string;
  @Field(() => String, { description: 'Centre, from the top edge.' }) centreY: string;
  @Field(() => String, { description: 'Half axis along x before turning.' }) radiusX: string;
  @Field(() => String, { description: 'Half axis along y before turning.' }) radiusY: string;
  @Field(() => String, { description: 'Degrees, clockwise.' }) degrees: string;
}

@ObjectType('MaskGeometry', { description: 'Pixels, as COCO run lengths (column-major).' })
@Guard('inherit')
class MaskObject {
  @Field(() => [Int], { description: '[height, width].' }) size: number[];
  @Field(() => String, { description: 'Compressed counts.' }) counts: string;
}

const TYPES = {
  POINT: PointObject,
  BOX: BoxObject,
  ROTATED_BOX: RotatedBoxObject,
  POLYGON: PolygonObject,
  POLYLINE: PolylineObject,
  ELLIPSE: EllipseObject,
  MASK: MaskObject,
};

export const GeometryUnion = createUnionType({
  name: 'Geometry',
  description:
    'A shape in the stored-pixel frame: before EXIF orientation, origin top left, continuous pixel edges.',
  types: () =>
    [
      PointObject,
      BoxObject,
      RotatedBoxObject,
      PolygonObject,
      PolylineObject,
      EllipseObject,
      MaskObject,
    ] as const,
  resolveType: (geometry) => TYPES[(geometry as unknown as Geometry).kind],
});

@InputType({ description: 'A point.' })
class PointInput {
  @Field(() => String, { description: 'From the left edge.' }) x: string;
  @Field(() => String, { description: 'From the top edge.' }) y: string;
}

@InputType({ description: 'An upright box.' })
class BoxInput extends PointInput {
  @Field(() => String, { description: 'Width.' }) width: string;
  @Field(() => String, { description: 'Height.' }) height: string;
}

@InputType({ description: 'A box turned about its centre.' })
class RotatedBoxInput {
  @Field(() => String, { description: 'Centre, from the left edge.' }) centreX: string;
  @Field(() => String, { description: 'Centre, from the top edge.' }) centreY: string;
  @Field(() => String, { description: 'Width before turning.' }) width: string;
  @Field(() => String, { description: 'Height before turning.' }) height: string;
  @Field(() => String, { description: 'Degrees, clockwise.' }) degrees: string;
}

@InputType({ description: 'The union of its rings.' })
class PolygonInput {
  @Field(() => [[[String]]], { description: 'Rings of [x, y].' }) rings: string[][][];
}

@InputType({ description: 'A line through points.' })
class PolylineInput {
  @Field(() => [[String]], { description: '[x, y], in order.' }) points: string[][];
}

@InputType({ description: 'An ellipse turned about its centre.' })
class EllipseInput {
  @Field(() => String, { description: 'Centre, from the left edge.' }) centreX: string;
  @Field(() => String, { description: 'Centre, from the top edge.' }) centreY: string;
  @Field(() => String, { description: 'Half axis along x before turning.' }) radiusX: string;
  @Field(() => String, { description: 'Half axis along y before turning.' }) radiusY: string;
  @Field(() => String, { description: 'Degrees, clockwise.' }) degrees: string;
}

@InputType({ description: 'Pixels, as COCO run lengths.' })
class MaskInput {
  @Field(() => [Int], { description: '[height, width].' }) size: number[];
  @Field(() => String, { description: 'Compressed counts.' }) counts: string;
}

@InputType({ description: 'Exactly one shape; numbers as canonical decimals such as "12.5".' })
export class GeometryInput {
  @Field(() => PointInput, { nullable: true, description: 'A point.' }) point?: PointInput;
  @Field(() => BoxInput, { nullable: true, description: 'An upright box.' }) box?: BoxInput;
  @Field(() => RotatedBoxInput, { nullable: true, description: 'A turned box.' })
  rotatedBox?: RotatedBoxInput;
  @Field(() => PolygonInput, { nullable: true, description: 'A polygon.' }) polygon?: PolygonInput;
  @Field(() => PolylineInput, { nullable: true, description: 'A line.' }) polyline?: PolylineInput;
  @Field(() => EllipseInput, { nullable: true, description: 'An ellipse.' }) ellipse?: EllipseInput;
  @Field(() => MaskInput, { nullable: true, description: 'A mask.' }) mask?: MaskInput;
}
