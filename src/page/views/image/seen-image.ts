import { graphql, type ResultOf } from '../../graphql.ts';
import { GeometryFields } from './shape.tsx';

export const SeenImage = graphql(
  `
    query SeenImage($dataset: String!, $image: String!) {
      dataset(slug: $dataset) {
        title
        images(first: 1, filter: { imageIds: [$image] }) {
          nodes {
            imageId
            name
            digest
            mediaType
            size
            width
            height
            since
            pixels
            exclusion { stage reason }
            preview(size: SCREEN) { address reason stretch { sentence } }
            facts { orientation bitDepth channels sampleFormat pages colourSpace quality { name value reason } }
            acquisition { unit unitKnown values { name value source } restricted { name value source } }
            annotations {
              id
              annotator
              kind
              label
              attribute
              value
              confidence
              annotatedAt
              round
              pass
              votes
              geometry { ...GeometryFields }
            }
          }
        }
      }
    }
  `,
  [GeometryFields],
);

export type SeenImageData = ResultOf<typeof SeenImage>['dataset']['images']['nodes'][number];
