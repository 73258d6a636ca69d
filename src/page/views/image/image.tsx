import { useState } from 'preact/hooks';
import '../../style/images.css';
import { dictionary, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { DatasetFrame } from '../dataset-frame.tsx';
import { ImageConsensus } from './image-consensus.tsx';
import { ImageHistory } from './image-history.tsx';
import { ImageLabels } from './image-labels.tsx';
import { ImageRecord } from './image-record.tsx';
import { LaidOver } from './laid-over.tsx';
import { SeenImage, type SeenImageData } from './seen-image.ts';

const WORDS = dictionary(
  {
    picture: (name: string) => `The image ${name}`,
    none: 'Its pixels cannot be shown here:',
    unknown: 'No image of this dataset has this id, or you may not see it.',
    stretched: 'Shown with a stretch:',
    turned: (orientation: number) =>
      `Shown turned as its EXIF orientation (${orientation}) asks; labels are kept in the frame of the stored pixels and turned the same way.`,
  },
  {
    picture: (name: string) => `L’image ${name}`,
    none: 'Ses pixels ne peuvent être montrés ici :',
    unknown: 'Aucune image de ce jeu ne porte cet identifiant, ou vous ne pouvez la voir.',
    stretched: 'Montrée étirée :',
    turned: (orientation: number) =>
      `Montrée tournée comme son orientation EXIF (${orientation}) le demande ; les étiquettes sont gardées dans le repère des pixels stockés et tournées de même.`,
  },
);

export default function Image({ dataset, image }: { dataset: string; image: string }) {
  const words = useWords(WORDS);
  return (
    <Asked query={SeenImage} variables={{ dataset, image }}>
      {({ dataset: { title, images } }) => (
        <DatasetFrame dataset={dataset} title={title}>
          {images.nodes[0] ? (
            <Seen dataset={dataset} image={images.nodes[0]} />
          ) : (
            <p class="notice">{words.unknown}</p>
          )}
        </DatasetFrame>
      )}
    </Asked>
  );
}

function Seen({ dataset, image }: { dataset: string; image: SeenImageData }) {
  const words = useWords(WORDS);
  const raters = [...new Set(image.annotations.map(({ annotator }) => annotator))].sort();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const orientation = image.facts?.orientation ?? null;
  const name = image.name ?? image.imageId;
  const laid = image.annotations.flatMap(({ id, annotator, geometry }) =>
    geometry && !hidden.has(annotator) ? [{ id, rater: raters.indexOf(annotator), geometry }] : [],
  );
  return (
    <>
      <h2>{name}</h2>
      <div class="seen">
        <div>
          {image.preview.address && image.width && image.height ? (
            <LaidOver
              preview={image.preview.address}
              alt={words.picture(name)}
              width={image.width}
              height={image.height}
              orientation={orientation}
              labels={laid}
            />
          ) : (
            <p class="notice">
              {words.none} <code>{image.preview.reason}</code>
            </p>
          )}
          {image.preview.stretch && (
            <p>
              {words.stretched} <span lang="en">{image.preview.stretch.sentence}</span>
            </p>
          )}
          {orientation !== null && orientation > 1 && <p>{words.turned(orientation)}</p>}
        </div>
        <ImageLabels
          annotations={image.annotations}
          raters={raters}
          hidden={hidden}
          hide={(rater, isHidden) =>
            setHidden((before) => {
              const after = new Set(before);
              if (isHidden) after.add(rater);
              else after.delete(rater);
              return after;
            })
          }
        />
      </div>
      <ImageConsensus dataset={dataset} image={image.imageId} />
      <ImageRecord image={image} />
      <ImageHistory dataset={dataset} image={image.imageId} />
    </>
  );
}
